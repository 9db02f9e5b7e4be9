#include "libc/posix/process_stop.hpp"
#include "libc/posix/door.hpp"

namespace posix {
namespace {

using Word = std::atomic<std::uint32_t>;

constexpr std::uint64_t everybody = ~std::uint64_t{0};

// Stored before the threads' flags are looked at, as these are before it is: of a thread that goes
// on and the one that stops the process, one sees the other.
constinit Word stopping = 0;
constinit Word steps = 0;  // of threads towards the stop; who stops the process waits for them
constinit std::uint32_t stop_number = 0;  // of who stops the process

std::uint32_t const* address_of(Word const& word)
{
    return reinterpret_cast<std::uint32_t const*>(&word);
}

void make_step()
{
    ++steps;
    (void)sys::futex_wake(address_of(steps), everybody);
}

// A thread whose handle is not known yet has a creator in the middle of a call, who makes a step.
bool tell(SignalThread& thread)
{
    if (thread.told_of_stop == stop_number || thread.handle == 0)
        return false;
    thread.told_of_stop = stop_number;
    send_doorbell(thread);
    return true;
}

bool can_run(SignalThread const& thread)
{
    return thread.number > 0 && thread.has_begun && !thread.has_left() && !thread.stands_still;
}

void wait_for_others(SignalThread const& own)
{
    ++stop_number;
    for (;;) {
        std::uint32_t const seen = steps;
        bool has_running = false;
        bool has_told = false;
        for (SignalThread& thread : used_threads()) {
            if (&thread == &own || !can_run(thread))
                continue;
            has_running = true;
            has_told |= tell(thread);
        }
        if (!has_running)
            return;
        if (has_told)
            end_waits();
        (void)sys::futex_wait(address_of(steps), seen);
    }
}

void tell_server(int signal, bool was_sent)
{
    auto const server = door();
    while (server && to_status((*server)->stop(static_cast<std::uint32_t>(signal), was_sent)) ==
                         Status::interrupted)
        ;
}

}  // namespace

bool is_stopping() { return stopping != 0; }

void stop_process(SignalThread& thread, int signal, bool was_sent)
{
    std::uint32_t no = 0;
    if (!stopping.compare_exchange_strong(no, 1))
        return stand_still(thread);
    wait_for_others(thread);
    tell_server(signal, was_sent);
    stopping = 0;
    (void)sys::futex_wake(address_of(stopping), everybody);
}

void stand_still(SignalThread& thread)
{
    while (is_stopping()) {
        thread.stands_still = true;
        make_step();
        while (is_stopping())
            (void)sys::futex_wait(address_of(stopping), 1);
        thread.stands_still = false;
    }
}

void tell_departure()
{
    if (is_stopping())
        make_step();
}

void forget_stop() { stopping = 0; }

}  // namespace posix
