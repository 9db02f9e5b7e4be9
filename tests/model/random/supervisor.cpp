// Plays steps of the machine and of who supervises the test.
#include "kernel/mm/user_memory.hpp"
#include "tests/model/check/survey.hpp"
#include "tests/model/random/player.hpp"
#include "tests/model/world/pick.hpp"

namespace model {

using namespace kernel;
using Kind = Op::Kind;

Player::Player(Setup const& setup) : setup_{setup}
{
    machine.observer = nullptr;
    views.clear();
    world_.emplace(setup.harts);
    machine.observer = &views;
    stock_ = take_stock();
    for (unsigned i = 0; i < setup.servers + setup.clients; i++)
        spawn({Kind::spawn, 0, i < setup.servers ? 0u : 1u, i, i});
    for (unsigned i = 0; i < 4 * setup.clients; i++)
        grant({Kind::grant, 0, i, i * 7 + 1, i * 3});
}

Process* Player::find_process(std::uint32_t number) const
{
    Process* found = world_->root().children.front();
    if (found != nullptr)
        for (number %= process_count(); number > 0; number--)
            found = world_->root().children.next(*found);
    return found;
}

std::uint32_t Player::process_count() const
{
    std::uint32_t count = 0;
    walk(world_->root().children, [&](Process&) { count++; });
    return count;
}

namespace {

// For a message buffer; gp tells who has which.
std::uint64_t free_place(Process const& process)
{
    for (std::uint64_t place = 0;; place++) {
        bool is_taken = false;
        walk(process.threads,
             [&](Thread const& thread) { is_taken |= thread.x[reg::gp] == 0x32000 + place; });
        if (!is_taken)
            return place;
    }
}

}  // namespace

abi::ThreadParameters Player::parameters_for(Process const& process, HandleValue pool,
                                             std::uint32_t priority)
{
    abi::ThreadParameters parameters{};
    parameters.entry = World::entry_pc / 2;
    parameters.stack_pointer = 0x30000;
    parameters.thread_pointer = views.new_view();
    std::uint64_t const place = free_place(process);
    parameters.global_pointer = 0x32000 + place;
    parameters.message_buffer = World::user_page + place * sizeof(abi::MessageBuffer);
    parameters.pool = pool;
    parameters.priority = priority;
    return parameters;
}

void Player::spawn(Op const& op)
{
    if (process_count() >= setup_.servers + setup_.clients)
        return;
    std::uint64_t const quota = (op.b % 4 == 3 ? 18 : 48) * page_size;
    fill(world_->new_process(quota, setup_.priorities), op);
}

// As much of it as the quota allows.
void Player::fill(Process& process, Op const& op)
{
    std::uint32_t const priority = op.c % setup_.priorities;
    auto const run = [&](World::Function function, Arguments arguments) {
        return static_cast<HandleValue>(world_->run(process, function, arguments).value_or(0));
    };
    auto const add_thread = [&](HandleValue pool) {
        constexpr VirtAddr place = World::user_page + 3 * page_size;
        auto const parameters = parameters_for(process, pool, priority);
        if (write_user(process.space, place, std::as_bytes(std::span{&parameters, 1})))
            run(syscall::thread_create, {0, place});
    };
    run(syscall::notification_create, {});
    run(syscall::memory_create, {0, 2});
    if (op.a % 2 == 0) {
        HandleValue const pool =
            run(syscall::pool_create, {World::entry_pc, priority, flags_of(op.c), 0, op.c / 8 % 3});
        for (unsigned i = 0; i < setup_.workers; i++)
            add_thread(pool);
        for (unsigned i = 0; i < 2; i++)
            run(syscall::endpoint_create, {pool, i});
    }
    add_thread(0);
}

// Gives a process a handle that another one has.
void Player::grant(Op const& op)
{
    Process* const from = find_process(op.a);
    Process* const to = find_process(op.b);
    if (from == nullptr || from == to)
        return;
    constexpr ObjectType types[] = {ObjectType::process,  ObjectType::notification,
                                    ObjectType::memory,   ObjectType::endpoint,
                                    ObjectType::endpoint, ObjectType::endpoint};
    ObjectType const type = types[op.c % std::size(types)];
    Process const& source = type == ObjectType::process ? world_->root() : *from;
    auto const entry = source.caps.find(pick(source, type, op.c / 8));
    if (!entry)
        return;
    machine.perform(system.harts[0], [&] {
        [[maybe_unused]] auto const made =
            to->caps.install(*(*entry)->object, (*entry)->rights, abi::all_rights);
    });
}

void Player::end(Op const& op)
{
    Process* const process = find_process(op.a);
    if (process == nullptr)
        return;
    machine.perform(system.harts[op.hart % system.hart_count],
                    [process] { process->end(abi::EndReason::killed, 9); });
    forget_ended();
}

void Player::forget_ended()
{
    machine.perform(system.harts[0], [this] {
        CapSpace& caps = world_->root().caps;
        for (std::uint64_t i = 0; i < caps.fresh_; i++) {
            Capability& entry = caps.table()[i];
            if (entry.handle != CapSpace::free_mark(i) &&
                static_cast<Process*>(entry.object)->has_ended())
                caps.clear(entry);
        }
    });
}

void Player::play(Op const& op)
{
    Hart& hart = system.harts[op.hart % system.hart_count];
    machine.first = op.c;
    switch (op.kind) {
    case Kind::advance:
        machine_clock.ticks += 1 + op.a % (op.b % 4 == 0 ? 400 : 20);
        return;
    case Kind::interrupt:
        if (machine.has_interrupt(hart))
            machine.interrupt(hart);
        return;
    case Kind::spurious:
        cpus[hart.index].ipi = true;
        return;
    case Kind::device:
        cpus[hart.index].external = true;
        return;
    case Kind::spawn:
        return spawn(op);
    case Kind::grant:
        return grant(op);
    case Kind::end:
        return end(op);
    default:
        return play_on(hart, op);
    }
}

void Player::finish()
{
    while (process_count() != 0)
        end({Kind::end, 0, 0, 0, 0});
    forget_ended();
    constexpr unsigned grace_rounds = 4;
    for (unsigned round = 0; round < grace_rounds; round++) {
        world_->take_interrupts();
        for (std::size_t i = 0; i < system.hart_count; i++)
            machine.perform(system.harts[i], [] {});
    }
    check_invariants();
    require(system.reclaimer.is_idle(), "after a grace period nothing waits for one");
    check_nothing_is_left(stock_);
}

}  // namespace model
