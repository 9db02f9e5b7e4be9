#include "servers/posix/pollable_timer.hpp"
#include "servers/posix/serve.hpp"
#include <new>
#include <span>

namespace posix {

Result<TimerFile> PollableTimer::create(Service& service, std::uint32_t clock)
{
    return serve<TimerFile>(
        service, std::unique_ptr<PollableTimer>{new (std::nothrow) PollableTimer{service, clock}});
}

Result<std::uint32_t> PollableTimer::try_read(sys::LeaseOut const& buffer)
{
    if (buffer.size() < sizeof expirations_)
        return fail(Status::bad_argument);
    if (expirations_ == 0)
        return fail(Status::would_block);
    TRY(buffer.write(0, std::as_bytes(std::span{&expirations_, 1})));
    expirations_ = 0;
    return static_cast<std::uint32_t>(sizeof expirations_);
}

Result<std::uint32_t> PollableTimer::read_next(sys::LeaseOut buffer, std::int32_t waiter)
{
    auto const count = try_read(buffer);
    if (!must_wait(count))
        return count;
    TRY(check_waits());
    return reads_.wait(buffer, waiter);
}

Result<std::uint32_t> PollableTimer::write_next(sys::LeaseIn, std::int32_t)
{
    return fail(Status::bad_argument);
}

Result<std::uint16_t> PollableTimer::poll(std::uint16_t wanted, Notification notification,
                                          std::uint64_t bits)
{
    std::uint16_t const ready = expirations_ != 0 ? poll_in : 0;
    return watchers_.poll(wanted, ready, std::move(notification), bits);
}

Result<Timer> PollableTimer::arm(TimerSetting const& setting)
{
    expirations_ = 0;
    return set(setting);
}

Result<Timer> PollableTimer::remaining() { return state(); }

void PollableTimer::expired(std::uint64_t times)
{
    expirations_ += times;
    while (reads_.serve_front([this](auto const& lease) { return try_read(lease); }))
        ;
    if (expirations_ != 0)
        watchers_.tell(poll_in);
}

void PollableTimer::interrupt(ProcessNumber waiter) { reads_.interrupt(waiter); }

}  // namespace posix
