// Threads that are sent to their handlers.
#include "tests/model/rules/pair.hpp"

using namespace model;

namespace {

// Begins a system call of the hart's thread, and stops where it waits for another hart.
void begin_call(Hart& hart, abi::Syscall number, std::initializer_list<std::uint64_t> arguments)
{
    set_call(hart, number, arguments);
    cpus[hart.index].scause = kernel::arch::Scause::ecall_from_user;
    machine.begin(hart, enter_by_system_call);
}

// One thread on each hart; the first sends the second to its handler.
struct Upcall {
    static constexpr std::uint64_t handler = World::entry_pc + 64;

    Upcall()
    {
        pair.world.take_interrupts();
        target.buffer->upcall.entry = handler;
    }

    Pair pair{2};
    Thread& target = pair.world.new_thread(pair.client_process, 10);
    HandleValue const name = pair.world.handle_to(pair.client_process, target);
    Hart& other = pair.world.hart(1);

    std::uint64_t pc() const { return machine.state(other).user.x[kernel::reg::pc]; }
};

}  // namespace

TEST(upcall, sends_a_thread_that_runs_on_another_hart_to_its_handler)
{
    Upcall u;
    ASSERT_EQ(u.other.current, &u.target);
    u.pair.world.call(u.pair.hart, abi::Syscall::upcall, {u.name, 1});
    u.pair.world.take_interrupts();
    EXPECT_EQ(u.pc(), u.handler);
    EXPECT_EQ(u.target.buffer->upcall.entry, 0u);
}

// The call waits for the kernel lock while the upcall is noted, takes the long way to a worker that
// was idle on the first hart, and its answer could come back the short way.
TEST(upcall, is_not_passed_by_when_the_thread_is_just_entering_a_call)
{
    Upcall u;
    ASSERT_EQ(u.other.current, &u.target);
    begin_call(u.pair.hart, abi::Syscall::upcall, {u.name, 1});
    ASSERT_EQ(machine.state(u.pair.hart).mode, Mode::inside);  // waits for the other hart
    begin_call(u.other, abi::Syscall::call, {u.pair.door, 0, 1});
    ASSERT_EQ(machine.state(u.other).mode, Mode::inside);  // waits for the lock
    machine.settle();
    ASSERT_EQ(u.other.current, u.pair.pool.workers.front());

    u.pair.world.call(u.other, abi::Syscall::reply, {std::to_underlying(Status::busy)});
    ASSERT_EQ(u.other.current, &u.target);
    EXPECT_EQ(u.pc(), u.handler);
    EXPECT_EQ(u.target.buffer->upcall.registers[kernel::reg::a0],
              std::to_underlying(Status::busy));  // the answer came before
}
