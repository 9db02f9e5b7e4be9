// Timers, as a process asks for them.
#include "servers/posix/pollable_timer.hpp"
#include "servers/posix/process.hpp"
#include <algorithm>
#include <new>

namespace posix {

// Errors: bad_argument (there is no such one)
Result<Alarm*> Process::alarm_of(std::uint32_t kind)
{
    if (kind >= alarms_.size())
        return fail(Status::bad_argument);
    return &alarms_[kind];
}

Result<Timer> Process::timer(std::uint32_t kind) { return TRY(alarm_of(kind))->state(); }

Result<Timer> Process::set_timer(std::uint64_t remaining, std::uint64_t interval,
                                 std::uint32_t kind)
{
    return TRY(alarm_of(kind))->set({.time = remaining, .interval = interval});
}

Result<ProcessTimer*> Process::find_timer(std::int32_t number)
{
    auto const index = static_cast<std::size_t>(number);
    if (index >= timers_.size() || timers_[index] == nullptr)
        return fail(Status::bad_argument);
    return timers_[index].get();
}

Result<std::int32_t> Process::create_timer(std::uint32_t signal, std::uint64_t value,
                                           bool has_number_as_value, bool counts_cpu_time,
                                           std::int32_t thread, Thread receiver)
{
    if (signal > last_signal)
        return fail(Status::bad_argument);
    auto const place = std::ranges::find(timers_, std::unique_ptr<ProcessTimer>{});
    if (place == timers_.end() && timers_.size() == most_timers)
        return fail(Status::would_block);
    auto const number = static_cast<std::int32_t>(place - timers_.begin());
    TimerMessage message{.signal = signal,
                         .value = has_number_as_value ? static_cast<std::uint64_t>(number) : value,
                         .thread = receiver ? thread : 0,
                         .receiver = sys::Handle{receiver.release()}};
    std::unique_ptr<ProcessTimer> timer{new (std::nothrow) ProcessTimer{
        service_, *this, counts_cpu_time, number, std::move(message)}};
    if (!timer)
        return fail(Status::no_memory);
    if (place == timers_.end())
        timers_.push_back(std::move(timer));
    else
        *place = std::move(timer);
    return number;
}

Result<Timer> Process::arm_timer(std::int32_t number, TimerSetting const& setting)
{
    return TRY(find_timer(number))->set(setting);
}

Result<Timer> Process::timer_state(std::int32_t number) { return TRY(find_timer(number))->state(); }

Result<std::uint32_t> Process::timer_overrun(std::int32_t number)
{
    return TRY(find_timer(number))->overrun();
}

// Its signal does not arrive any more.
Result<> Process::delete_timer(std::int32_t number)
{
    TRY(find_timer(number));
    signal_queue_.forget_timer(number);
    timers_[static_cast<std::size_t>(number)].reset();
    return {};
}

// Another program has none of them. POSIX: the alarm stays.
void Process::drop_timers()
{
    for (std::size_t i = 0; i < timers_.size(); ++i)
        if (timers_[i] != nullptr)
            (void)delete_timer(static_cast<std::int32_t>(i));
    timers_.clear();
}

Result<TimerFile> Process::timer_file(std::uint32_t clock)
{
    return PollableTimer::create(service_, clock);
}

}  // namespace posix
