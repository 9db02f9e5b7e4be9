// timer_create and its relatives: servers/posix keeps the timers, and sends their signals.
#include "libc/posix/process_timers.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/signal_thread.hpp"
#include "libc/posix/timer_settings.hpp"
#include "libc/sys/errno.hpp"
#include <array>
#include <errno.h>

namespace posix {
namespace {

// What musl makes of a struct sigevent.
struct Event {
    std::uint64_t value;
    int signal;
    int notify;
    int thread;
};

// Of a timer whose caller does not say what it does. Its value is its number.
constexpr Event default_event{.value = 0, .signal = SIGALRM, .notify = SIGEV_SIGNAL, .thread = 0};

// By number, for times that are dates.
constinit std::array<std::atomic<long>, 32> clocks{};

Result<Thread> receiver_of(Event const& event)
{
    if (event.notify != SIGEV_THREAD_ID)
        return Thread{};
    return keep_for_thread(event.thread, event.signal);
}

bool is_event(Event const& event)
{
    switch (event.notify) {
    case SIGEV_NONE:
        return true;
    case SIGEV_SIGNAL:
    case SIGEV_THREAD_ID:
        return is_signal(event.signal);
    default:
        return false;
    }
}

Result<std::int32_t> create(long clock, Event const* wanted)
{
    Event const event = wanted == nullptr ? default_event : *wanted;
    if (!is_timer_clock(clock) || !is_event(event))
        return fail(Status::bad_argument);
    auto const server = TRY(door());
    expect_details();
    auto receiver = TRY(receiver_of(event));
    auto const number = TRY(server->create_timer(
        event.notify == SIGEV_NONE ? 0 : static_cast<std::uint32_t>(event.signal), event.value,
        wanted == nullptr, clock == CLOCK_PROCESS_CPUTIME_ID, event.thread, std::move(receiver)));
    if (static_cast<std::size_t>(number) >= clocks.size())
        return fail(Status::bad_reply);
    clocks[static_cast<std::size_t>(number)] = clock;
    return number;
}

Result<Timer> set(std::int32_t number, bool is_absolute, itimerspec const& wanted)
{
    auto const server = TRY(door());
    if (static_cast<std::size_t>(number) >= clocks.size())
        return fail(Status::bad_argument);
    auto const setting =
        TRY(timer_setting(wanted, is_absolute, clocks[static_cast<std::size_t>(number)]));
    return server->arm_timer(number, setting);
}

// What `ask` says about a timer that the server keeps.
template <class Ask>
auto ask_server(Ask const& ask) -> decltype(ask(std::declval<Posix const&>()))
{
    return ask(*TRY(door()));
}

}  // namespace

long create_timer(libc::Arguments const& arguments)
{
    auto const number = create(arguments[0], libc::pointer<Event const>(arguments[1]));
    if (!number)
        return -libc::to_errno(number.error());
    *libc::pointer<int>(arguments[2]) = *number;
    return 0;
}

long set_timer(libc::Arguments const& arguments)
{
    auto const [timer, flags, wanted, old, unused5, unused6] = arguments;
    auto const before = set(static_cast<std::int32_t>(timer), (flags & TIMER_ABSTIME) != 0,
                            *libc::pointer<itimerspec const>(wanted));
    if (before && old != 0)
        *libc::pointer<itimerspec>(old) = to_itimerspec(*before);
    return before ? 0 : -libc::to_errno(before.error());
}

long get_timer(libc::Arguments const& arguments)
{
    auto const state = ask_server([&](Posix const& server) {
        return server.timer_state(static_cast<std::int32_t>(arguments[0]));
    });
    if (state)
        *libc::pointer<itimerspec>(arguments[1]) = to_itimerspec(*state);
    return state ? 0 : -libc::to_errno(state.error());
}

long get_timer_overrun(libc::Arguments const& arguments)
{
    return libc::to_return(ask_server([&](Posix const& server) {
        return server.timer_overrun(static_cast<std::int32_t>(arguments[0]));
    }));
}

long delete_timer(libc::Arguments const& arguments)
{
    return libc::to_return(ask_server([&](Posix const& server) {
        return server.delete_timer(static_cast<std::int32_t>(arguments[0]));
    }));
}

}  // namespace posix
