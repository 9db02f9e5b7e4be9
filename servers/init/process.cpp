#include "servers/init/process.hpp"
#include "lib/sys/syscalls.hpp"
#include "servers/init/end_report.hpp"
#include <algorithm>

namespace init {

// The exit code of a process that was killed through its Child.
static constexpr std::uint64_t killed_code = 137;

static End end_of(abi::ProcessInfo const& info)
{
    return {.reason = static_cast<EndReason>(info.reason),
            .exit_code = info.exit_code,
            .cause = info.cause,
            .address = info.address,
            .pc = info.registers[0],
            .out_of_memory = is_out_of_memory(info)};
}

void Process::assign(std::uint32_t number, ProcessDescription const& description,
                     sys::Handle handle)
{
    number_ = number;
    payer_ = description.payer;
    quota_bytes_ = description.quota_bytes;
    std::ranges::fill(name_, '\0');
    description.name.copy(name_, sizeof name_ - 1);
    handle_ = std::move(handle);
    auto const books = sys::process_info(handle_.value());
    kernel_number_ = books ? books->number : 0;
}

void Process::clear()
{
    number_ = 0;
    program_ = nullptr;
    waiter_.reset();
    end_notification_ = {};
    end_ = {};
}

void Process::end(abi::ProcessInfo const& info)
{
    handle_ = {};
    end_ = end_of(info);
    if (waiter_)
        waiter_->send(end_);
    waiter_.reset();
    signal_end();
    if (!held_)
        clear();
}

Result<End> Process::wait()
{
    if (!is_running())
        return end_;
    if (waiter_)
        return fail(Status::busy);
    waiter_.emplace(TRY(sys::take_reply<Child::WaitCall>()));
    return fail(sys::later);
}

Result<> Process::notify_end(Notification notification, std::uint64_t bits)
{
    end_notification_ = std::move(notification);
    end_bits_ = bits;
    if (!is_running())
        signal_end();
    return {};
}

// A notification that cannot be signalled is its owner's affair.
void Process::signal_end() const
{
    if (end_notification_)
        (void)sys::signal(end_notification_.value(), end_bits_);
}

Result<> Process::kill()
{
    if (is_running())
        TRY(sys::process_kill(handle_.value(), killed_code));
    return {};
}

void Process::closed()
{
    held_ = false;
    if (!is_running())
        clear();
    else
        (void)kill();  // `end` follows
}

}  // namespace init
