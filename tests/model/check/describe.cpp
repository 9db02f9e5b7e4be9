// The state of the system in a few lines, for who looks for the reason of a failure.
#include "tests/model/check/checker.hpp"
#include "tests/model/check/survey.hpp"
#include "tests/model/machine/machine.hpp"
#include <sstream>

namespace model {

namespace {

char const* name_of(Thread::State state)
{
    constexpr char const* names[] = {"running", "calling", "queued", "waiting",
                                     "futex",   "idle",    "dead"};
    auto const index = static_cast<std::size_t>(state);
    return index < std::size(names) ? names[index] : "?";
}

void describe_hart(std::ostream& out, Hart const& hart)
{
    constexpr char const* modes[] = {"user", "asleep", "inside"};
    Cpu const& cpu = cpus[hart.index];
    out << "hart " << hart.index << ": "
        << modes[std::to_underlying(machine.states[hart.index].mode)] << (cpu.ipi ? ", ipi" : "")
        << (hart.resched ? ", resched" : "") << ", current " << hart.current << " on " << hart.slice
        << ", fp " << hart.fp_owner << ", timer " << cpu.stimecmp << ", quantum ends "
        << hart.quantum_end << ", ready:";
    for (auto const& list : hart.ready.lists_)
        for (Slice const* slice = list.front(); slice != nullptr; slice = list.next(*slice))
            out << " " << slice << "(" << slice->priority << ", top " << slice->top << ")";
    out << "\n";
}

void describe_thread(std::ostream& out, Thread const& thread)
{
    out << "  " << (thread.pool != nullptr ? "worker " : "thread ") << &thread << " of "
        << thread.process << ": " << name_of(thread.state) << ", caller " << thread.caller
        << ", callee " << thread.callee << ", record " << thread.record << ", lender "
        << thread.lender << ", borrower " << thread.borrower << ", flags " << thread.call_flags
        << ", carrier " << thread.carrier << ", slice " << &thread.own_slice << " state "
        << std::to_underlying(thread.own_slice.state) << " top " << thread.own_slice.top
        << " lent to " << thread.own_slice.lent_to << " priority " << thread.own_slice.priority
        << (thread.cancelled ? ", cancelled" : "") << (thread.interrupted ? ", interrupted" : "")
        << "\n";
}

}  // namespace

std::string describe_system()
{
    std::ostringstream out;
    out << "ticks " << machine_clock.ticks << "\n";
    for (std::size_t i = 0; i < system.hart_count; i++)
        describe_hart(out, system.harts[i]);
    for_each<Pool>([&](Pool& pool) {
        out << "pool " << &pool << " of " << pool.process << ": attention " << pool.attention
            << ", own slice " << pool.uses_own_slice() << ", slice " << &pool.slice << " state "
            << std::to_underlying(pool.slice.state) << " top " << pool.slice.top << ", payer "
            << pool.slice.payer << ", pending:";
        for (Thread const* at = pool.pending.front(); at != nullptr; at = pool.pending.next(*at))
            out << " " << at;
        out << "\n";
    });
    for_each<Thread>([&](Thread& thread) { describe_thread(out, thread); });
    return out.str();
}

}  // namespace model
