// A small system on the simulated machine.
#include "tests/model/world/world.hpp"
#include "kernel/arch/riscv64/traps.hpp"
#include "kernel/mm/user_memory.hpp"
#include "tests/model/machine/memory.hpp"
#include <cstring>
#include <new>

namespace model {

using namespace kernel;

namespace {

constexpr std::uint64_t user_pages = 6;
constexpr std::uint64_t buffers_per_process = 12;  // the last page is for arguments

alignas(Thread) std::byte stand_in_room[sizeof(Thread)];

// The thread that system calls for a process without threads seem to come from.
Thread& stand_in(Process& process)
{
    std::memset(stand_in_room, 0, sizeof stand_in_room);
    return *new (stand_in_room) Thread{process, nullptr, 0};
}

template <class T>
T must(Result<T> result)
{
    if (!result)
        machine.break_off(std::string{"setting up the world: "} + to_string(result.error()));
    return *result;
}

void come_in()
{
    system.lock.lock(this_hart());
    leave_kernel(this_hart());
}

}  // namespace

World::World(unsigned harts, std::uint64_t frames)
{
    start_kernel(harts, frames);
    for (std::size_t i = 0; i < harts; i++)
        machine.begin(system.harts[i], come_in);
    machine.settle();
    machine.perform(system.harts[0], [this] { start_root(); });
}

void World::start_kernel(unsigned harts, std::uint64_t frames)
{
    prepare_memory(frames);
    new (&system) Kernel{};
    Observer* const observer = machine.observer;
    machine.~Machine();
    new (&machine) Machine{};
    machine.observer = observer;
    machine_clock = {};
    PhysAddr const begin = physical(reinterpret_cast<void*>(arena_address));
    PhysAddr const end{begin.value + frames * page_size};
    system.frames.initialise(begin, end, allocator_books());
    system.frames.add(begin, end);
    system.ram_begin = begin.value;
    system.ram_end = end.value;
    system.kernel_table = direct<arch::PageTable>(*system.frames.allocate_zeroed());
    system.timebase_hz = quantum * 100;
    system.has_sstc = true;
    system.scheduler.quantum = quantum;
    system.asids.initialise(64);
    system.plic.initialise({}, 8);
    system.hart_count = harts;
    for (std::size_t i = 0; i < harts; i++) {
        Hart& hart = system.harts[i];
        hart.id = hart.index = i;
        hart.bit = 1ull << i;
        hart.idle_offset = i * sizeof(Pool::IdleSlot);
        hart.online = true;
        cpus[i] = {};
        cpus[i].sie = arch::Sie::software | arch::Sie::timer | arch::Sie::external;
    }
}

void World::start_root()
{
    constexpr std::uint64_t slots = 256;
    void* const room = slab_for<Process>().allocate(system.frames);
    root_ = new (room) Process{nullptr, 64 << 20, priority_count - 1};
    root_->add_reference();
    if (!root_->create(slots))
        broken("no memory for the first process");
}

Result<std::uint64_t> World::run(Process& process, Function function,
                                 std::initializer_list<std::uint64_t> arguments)
{
    Result<std::uint64_t> result = 0;
    machine.perform(system.harts[0], [&] {
        Thread& thread = stand_in(process);
        std::size_t at = reg::a0;
        for (std::uint64_t const argument : arguments)
            thread.x[at++] = argument;
        syscall::Context context{this_hart(), thread, process};
        result = function(context);
    });
    return result;
}

Process& World::new_process(std::uint64_t quota, std::uint32_t ceiling)
{
    std::uint64_t const handle =
        must(run(*root_, syscall::process_create, {0, quota, 256, ceiling}));
    auto& process = object<Process>(*root_, static_cast<HandleValue>(handle));
    give_memory(process);
    return process;
}

void World::give_memory(Process& process)
{
    std::uint64_t const memory = must(run(process, syscall::memory_create, {0, user_pages}));
    must(run(process, syscall::map, {0, memory, user_page, 0, user_pages, 3}));
    must(run(process, syscall::close, {memory}));
}

Pool& World::new_pool(Process& process, std::uint32_t priority, std::uint64_t flags)
{
    std::uint64_t const handle =
        must(run(process, syscall::pool_create, {entry_pc, priority, flags}));
    return object<Pool>(process, static_cast<HandleValue>(handle));
}

Thread& World::add_thread(Process& process, HandleValue pool, std::uint32_t priority)
{
    VirtAddr const place = user_page + (user_pages - 1) * page_size;
    abi::ThreadParameters parameters{};
    parameters.entry = entry_pc / 2;
    parameters.stack_pointer = 0x30000;
    parameters.thread_pointer = 0x31000;
    parameters.global_pointer = 0x32000;
    parameters.message_buffer =
        user_page + process.thread_count % buffers_per_process * sizeof(abi::MessageBuffer);
    parameters.pool = pool;
    parameters.priority = priority;
    if (!write_user(process.space, place, std::as_bytes(std::span{&parameters, 1})))
        broken("no memory for the arguments of a new thread");
    auto const handle =
        static_cast<HandleValue>(must(run(process, syscall::thread_create, {0, place})));
    return object<Thread>(process, handle);
}

Thread& World::new_worker(Pool& pool)
{
    return add_thread(*pool.process, handle_to(*pool.process, pool), 0);
}

Thread& World::new_thread(Process& process, std::uint32_t priority)
{
    return add_thread(process, 0, priority);
}

HandleValue World::new_endpoint(Pool& pool, std::uint64_t badge)
{
    HandleValue const handle = handle_to(*pool.process, pool);
    return static_cast<HandleValue>(
        must(run(*pool.process, syscall::endpoint_create, {handle, badge})));
}

HandleValue World::new_notification(Process& process)
{
    return static_cast<HandleValue>(must(run(process, syscall::notification_create, {})));
}

HandleValue World::grant(Process const& from, HandleValue handle, Process& to)
{
    Capability const& entry = **from.caps.find(handle);
    HandleValue made = 0;
    machine.perform(system.harts[0],
                    [&] { made = *to.caps.install(*entry.object, entry.rights, abi::all_rights); });
    return made;
}

HandleValue World::handle_to(Process const& process, Object const& object) const
{
    for (std::uint64_t i = 0; i < process.caps.fresh_; i++) {
        Capability const& entry = process.caps.table()[i];
        if (process.caps.find(entry.handle) && entry.rights != 0 && entry.object == &object)
            return entry.handle;
    }
    return 0;
}

void World::kill(Process& process)
{
    must(run(*root_, syscall::process_kill, {handle_to(*root_, process), 0}));
}

void World::call(Hart& hart, abi::Syscall number, std::initializer_list<std::uint64_t> arguments)
{
    set_call(hart, number, arguments);
    machine.system_call(hart);
}

Answer World::answer(Hart const& hart)
{
    auto const& x = machine.state(hart).user.x;
    return {Status{static_cast<std::uint32_t>(x[reg::a0])},
            x[reg::a1],
            {x[reg::a2], x[reg::a3], x[reg::a3 + 1], x[reg::a3 + 2], x[reg::a3 + 3]}};
}

void World::take_interrupts()
{
    constexpr unsigned most = 10000;
    bool more = true;
    for (unsigned i = 0; more; i++) {
        more = false;
        for (std::size_t h = 0; h < system.hart_count; h++) {
            if (!machine.has_interrupt(system.harts[h]))
                continue;
            machine.interrupt(system.harts[h]);
            more = true;
        }
        if (i == most)
            broken("interrupts do not end");
    }
}

}  // namespace model
