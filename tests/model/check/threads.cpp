// Threads: their states, their queues, their chains.
#include "tests/model/check/survey.hpp"

namespace model {

namespace {

using State = Thread::State;

unsigned queues(Tally const& seen)
{
    return seen.idle + seen.queued + seen.pending + seen.waiting + seen.futex;
}

void check_calling(Thread const& thread)
{
    bool const served = thread.callee != nullptr;
    bool const detached = thread.record != nullptr;
    require(served != detached, "a caller waits for a worker or for a record", &thread);
    if (served)
        require(known(*thread.callee).caller == &thread, "callee and caller are inverse", &thread);
    else
        require(known(*thread.record).caller == &thread, "a record knows its caller", &thread);
}

void check_idle(Thread const& thread, Tally const& seen)
{
    require(thread.pool != nullptr, "only workers are idle", &thread);
    require(seen.idle == 1, "an idle worker is at hand once", &thread);
    require(thread.caller == nullptr && thread.lender == nullptr && thread.borrower == nullptr,
            "an idle worker is in no chain", &thread);
    require(!thread.on_pool_slice && !thread.cancelled && !thread.charges_caller,
            "an idle worker has nothing of its last call", &thread);
}

void check_state(Thread const& thread, Tally const& seen)
{
    if (seen.idle != 0)
        return check_idle(thread, seen);
    switch (thread.state) {
    case State::running: {
        unsigned const places =
            seen.current + seen.ready_top + seen.pending + (thread.borrower != nullptr ? 1u : 0u);
        require(places == 1, "a thread that can run is in exactly one place", &thread);
        break;
    }
    case State::calling:
        require(queues(seen) == 0, "a caller that is served is in no queue", &thread);
        check_calling(thread);
        break;
    case State::queued:
        require(seen.queued == 1 && thread.target != nullptr,
                "a caller without a worker is in its pool's queue", &thread);
        break;
    case State::waiting:
        require(seen.waiting == 1 && thread.waiting_for != nullptr,
                "who waits is in its notification's queue", &thread);
        break;
    case State::futex:
        require(seen.futex == 1, "who waits for a word is in its process's queue", &thread);
        break;
    case State::idle:
        check_idle(thread, seen);
        break;
    case State::dead:
        fails("a dead thread is in no list", &thread);
    }
}

void check_links(Thread const& thread)
{
    if (thread.caller != nullptr) {
        require(known(*thread.caller).callee == &thread, "caller and callee are inverse", &thread);
        require(thread.caller->state == State::calling, "who is served is in a call", &thread);
        require(thread.serving != nullptr, "who serves knows through which endpoint", &thread);
    }
    if (thread.state != State::calling)
        require(thread.callee == nullptr && thread.record == nullptr,
                "who is in no call has no callee", &thread);
    if (thread.lender != nullptr)
        require(known(*thread.lender).borrower == &thread, "lender and borrower are inverse",
                &thread);
    if (thread.borrower != nullptr)
        require(known(*thread.borrower).lender == &thread, "borrower and lender are inverse",
                &thread);
    require(thread.caller == nullptr || thread.lender == nullptr,
            "a worker serves one caller or pays back one lender", &thread);
    if (thread.serving != nullptr && thread.caller != nullptr)
        known(*thread.serving);
    std::size_t steps = 0;
    for (Thread const* below = &thread; below != nullptr;
         below = below->caller != nullptr ? below->caller : below->lender)
        require(++steps <= Books::most_rooms, "chains are acyclic", &thread);
}

}  // namespace

void check_threads()
{
    for_each<Thread>([](Thread& thread) {
        Tally const& seen = tally(&thread);
        if (seen.listed == 0) {
            require(queues(seen) + seen.current + seen.ready_top == 0,
                    "a thread that has ended is in no queue and on no hart", &thread);
            require(thread.caller == nullptr && thread.callee == nullptr &&
                        thread.lender == nullptr && thread.borrower == nullptr,
                    "a thread that has ended is in no chain", &thread);
            return;
        }
        require(queues(seen) <= 1, "a thread is in at most one queue", &thread);
        bool const can_run = thread.state == State::running;
        require(can_run || seen.current == 0, "only what can run is on a hart", &thread);
        require(can_run || seen.ready_top == 0, "only what can run is ready", &thread);
        check_state(thread, seen);
        check_links(thread);
        bool const has_deadline = thread.state == State::waiting || thread.state == State::futex ||
                                  (thread.call_flags & Thread::has_deadline) != 0;
        require(thread.deadline.queue == nullptr || has_deadline,
                "a deadline belongs to a wait or a call", &thread);
    });
    for_each<CallRecord>([](CallRecord& record) {
        if (record.caller != nullptr)
            require(known(*record.caller).record == &record, "a caller knows its record", &record);
    });
}

}  // namespace model
