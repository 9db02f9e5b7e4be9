// How processes end, and how their parents hear of it.
#include "lib/posix/exit_code.hpp"
#include "lib/sys/log.hpp"
#include "servers/posix/console_line.hpp"
#include "servers/posix/machine_texts.hpp"
#include "servers/posix/process.hpp"
#include <algorithm>

namespace posix {
namespace {

Signal signal_of_exception(std::uint64_t cause)
{
    constexpr std::uint64_t bad_instruction = 2;
    constexpr std::uint64_t breakpoint = 3;
    constexpr std::uint64_t misaligned_load = 4;
    constexpr std::uint64_t misaligned_store = 6;
    switch (cause) {
    case bad_instruction:
        return illegal_instruction;
    case breakpoint:
        return trap;
    case misaligned_load:
    case misaligned_store:
        return bus_error;
    default:
        return segment_violation;
    }
}

bool is_out_of_memory(abi::ProcessInfo const& info)
{
    if (info.reason == abi::EndReason::exception)
        return info.fault_status == std::to_underlying(Status::no_memory);
    return info.exit_code == ended_out_of_memory;
}

WaitStatus status_of(abi::ProcessInfo const& info)
{
    if (is_out_of_memory(info))
        return signalled(kill);
    if (info.reason == abi::EndReason::exception)
        return signalled(signal_of_exception(info.cause));
    if (info.exit_code < ended_by_signal)
        return exited(info.exit_code);
    // A program that the loader could not load had got rid of its predecessor already.
    bool const has_signal = info.exit_code < 2 * ended_by_signal;
    return signalled(has_signal ? static_cast<Signal>(info.exit_code & 0x7f) : kill);
}

}  // namespace

void Process::check_end()
{
    if (state_ == State::ended)
        return;
    auto const info = sys::process_info(kernel_.process.value());
    if (!info || info->reason == abi::EndReason::running)
        return;
    if (is_out_of_memory(*info) && service_.may_report())
        sys::log("process ", number_, " of user ", user_->credentials().real_user,
                 " was killed: out of memory");
    end(status_of(*info), info->own_cycles + info->lent_cycles);
}

void Process::end(WaitStatus status, std::uint64_t cycles)
{
    state_ = State::ended;
    kernel_ = {};
    prepared_.reset();
    prepared_file_ = {};
    prepared_user_ = {};
    waiting_.clear();
    stopped_.reset();
    paused_.clear();
    for (Alarm& each : alarms_)
        each.stop();
    drop_timers();
    cpu_limit_.stop();
    leave_account();
    image_ = {};
    prepared_account_ = {};
    prepared_image_ = {};
    former_cycles_ += cycles;
    cycles_ += former_cycles_;
    service_.cycles_of_ended += former_cycles_;
    news_ = status;
    has_news_ = true;
    service_.record_locks.release(number_);
    service_.interruptibles.interrupt(number_);
    service_.shared_waits.owner_ended();
    leave_children();
    if (membership_.terminal != nullptr && membership_.terminal->session() == number_)
        membership_.terminal->end_session();
    if (auto run = std::exchange(run_, std::nullopt))
        service_.console->tell_end(std::move(*run), status);
    tell_parent();
}

void Process::leave_account()
{
    if (!account_)
        return;
    UserNumber const user = account_->user;
    auto const crowded_before = crowded_priority(user);
    account_ = {};
    settle_crowd(user, crowded_before);
}

// They are the server's from now on, which forgets them when they end.
void Process::leave_children()
{
    service_.processes.for_each([this](Process& child) {
        if (!child.is_child_of(number_))
            return;
        child.parent_ = server_number;
        if (child.state_ == State::ended)
            child.reap();
    });
}

void Process::tell_parent()
{
    Process* const parent = service_.processes.find(parent_);
    if (parent == nullptr) {
        if (state_ == State::ended)
            reap();
        return;
    }
    bool const has_ended = state_ == State::ended;
    auto const details = child_details();
    Process& told = *parent;
    if (has_ended && told.forgets_children_)
        reap();
    else
        told.offer(*this);
    told.end_vain_waits();
    if (has_ended || !told.only_ends_)
        told.receive(child_ended, details);
}

// As in the siginfo_t of SIGCHLD.
SignalDetails Process::child_details() const
{
    SignalDetails details{.code = signal_code::child_exited,
                          .process = number_,
                          .user = user_->credentials().real_user,
                          .status = static_cast<std::int32_t>(news_ >> 8 & 0xff)};
    if (news_ == continued) {
        details.code = signal_code::child_continued;
        details.status = static_cast<std::int32_t>(go_on);
    } else if (state_ == State::stopped) {
        details.code = signal_code::child_stopped;
    } else if ((news_ & 0x7f) != 0) {
        details.code = signal_code::child_killed;
        details.status = static_cast<std::int32_t>(news_ & 0x7f);
    }
    return details;
}

void Process::reap()
{
    service_.processes.remove(*this);
    door_ = {};  // then `closed` ends this object
}

bool Process::is_meant_by(ProcessNumber which, ProcessNumber own_group) const
{
    if (which > 0)
        return number_ == which;
    if (which == -1)
        return true;
    return membership_.group == (which == 0 ? own_group : -which);
}

bool Process::has_news(std::uint32_t options) const
{
    if (!has_news_)
        return false;
    if (state_ == State::stopped)
        return (options & report_stopped) != 0;
    if (state_ == State::running)
        return (options & report_continued) != 0;
    return true;
}

Process* Process::child_with_news(ProcessNumber which, std::uint32_t options, bool& has_any) const
{
    Process* found = nullptr;
    has_any = false;
    service_.processes.for_each([&](Process& child) {
        if (!child.is_child_of(number_) || !child.is_meant_by(which, membership_.group))
            return;
        has_any = true;
        if (child.has_news(options))
            found = &child;
    });
    return found;
}

// Of a child; one that has ended is gone after this.
Ended Process::take_news()
{
    has_news_ = false;
    Ended const result{
        .process = number_, .status = news_, .user_time = to_nanoseconds(service_, cycles_)};
    if (state_ == State::ended)
        reap();
    return result;
}

Result<Ended> Process::wait(std::int32_t which, std::uint32_t options)
{
    if ((options & ~all_wait_options) != 0)
        return fail(Status::bad_argument);
    bool has_any = false;
    if (Process* const child = child_with_news(which, options, has_any); child != nullptr) {
        count_cycles_of(*child);
        return child->take_news();
    }
    if (!has_any)
        return fail(Status::no_child);
    if ((options & do_not_wait) != 0)
        return Ended{};
    auto reply = TRY(sys::take_reply<Posix::WaitCall>());
    waiting_.push_back({std::move(reply), which, options});
    return fail(sys::later);
}

void Process::count_cycles_of(Process const& child)
{
    if (child.state_ != State::ended)
        return;
    cycles_ += child.cycles_;
    children_cycles_ += child.cycles_;
}

// A child has news; of the threads that wait for that, the first gets it.
void Process::offer(Process& child)
{
    auto const first = std::ranges::find_if(waiting_, [&](WaitingForChild const& waiting) {
        return child.is_meant_by(waiting.which, membership_.group) &&
               child.has_news(waiting.options);
    });
    if (first == waiting_.end())
        return;
    auto waiting = std::move(*first);
    waiting_.erase(first);
    count_cycles_of(child);
    waiting.reply.send(child.take_news());
}

// Those who wait for children that are all gone.
void Process::end_vain_waits()
{
    std::erase_if(waiting_, [this](WaitingForChild& waiting) {
        bool has_any = false;
        (void)child_with_news(waiting.which, waiting.options, has_any);
        if (!has_any)
            waiting.reply.send(fail(Status::no_child));
        return !has_any;
    });
}

}  // namespace posix
