// A small system, and all that can happen in it next.
#include "tests/model/world/scene.hpp"
#include "tests/model/check/survey.hpp"
#include "tests/model/world/pick.hpp"

namespace model {

using namespace kernel;
using abi::Syscall;

namespace {

constexpr std::uint64_t frames = 52;

bool exists(Process const* process)
{
    bool found = false;
    for_each<Process>([&](Process& other) { found = found || &other == process; });
    return found && !process->has_ended();
}

Ticks next_timer()
{
    Ticks next = abi::never;
    for (std::size_t i = 0; i < system.hart_count; i++)
        if (cpus[i].stimecmp > machine_clock.ticks)
            next = std::min(next, cpus[i].stimecmp);
    return next;
}

}  // namespace

Scene::Scene(Setup const& setup) : world_{setup.harts, frames}
{
    constexpr std::uint64_t quota = 24 * page_size;
    constexpr std::uint32_t priority = 5;
    for (std::size_t i = 0; i < setup.harts; i++)  // samples would tell states apart by their time
        system.harts[i].next_sample = abi::never;
    server_ = &world_.new_process(quota);
    Pool& pool = world_.new_pool(*server_, priority);
    for (unsigned i = 0; i < setup.workers; i++)
        world_.new_worker(pool);
    HandleValue const door = world_.new_endpoint(pool, 1);
    HandleValue const bound = world_.new_notification(*server_);
    if (!world_.run(*server_, syscall::bind, {world_.handle_to(*server_, pool), bound, 2}))
        broken("binding a notification");
    for (unsigned i = 0; i < setup.clients; i++) {
        Process& client = world_.new_process(quota);
        clients_.push_back(&client);
        world_.grant(*server_, door, client);
        world_.grant(*server_, bound, client);
        HandleValue const own = world_.new_notification(client);
        if (i == 0)
            world_.grant(client, own, *server_);
    }
    for (unsigned i = 0; i < setup.clients; i++)
        world_.new_thread(*clients_[i], priority + i % setup.priorities);
}

void Scene::add_for(Hart const& hart, std::vector<Event>& events) const
{
    auto const index = static_cast<std::uint8_t>(hart.index);
    auto const add = [&](std::initializer_list<Act> acts) {
        for (Act const act : acts)
            events.push_back({act, index});
    };
    if (machine.has_interrupt(hart))
        add({Act::interrupt});
    if (!machine.is_in_user_mode(hart))
        return;
    Thread const& thread = *hart.current;
    add({Act::call, Act::wait, Act::yield, Act::thread_exit, Act::exit});
    if (thread.pool == nullptr) {
        add({Act::wait_a_moment, Act::signal_pool, Act::signal_clients, Act::close_door});
        if (exists(server_))
            add({Act::kill_server});
        return;
    }
    add({Act::reply, Act::signal_clients, Act::revoke});
    if (thread.caller != nullptr)
        add({Act::detach});
    if (pick(*thread.process, ObjectType::call_record, 0) != no_handle)
        add({Act::complete, Act::drop_record});
    if (exists(clients_[0]))
        add({Act::kill_client});
}

std::vector<Scene::Event> Scene::events() const
{
    std::vector<Event> events;
    for (std::size_t i = 0; i < system.hart_count; i++)
        add_for(system.harts[i], events);
    if (next_timer() != abi::never && next_timer() < machine_clock.ticks + 10 * World::quantum)
        events.push_back({Act::next_timer, 0});
    return events;
}

void Scene::play(Event event)
{
    Hart& hart = system.harts[event.hart];
    if (event.act == Act::interrupt)
        return machine.interrupt(hart);
    if (event.act == Act::next_timer) {
        machine_clock.ticks = next_timer();
        return;
    }
    Process const& process = *hart.current->process;
    auto const do_call = [&](Syscall number, std::initializer_list<std::uint64_t> arguments) {
        world_.call(hart, number, arguments);
    };
    auto const any = [&](ObjectType type, std::uint32_t number) -> std::uint64_t {
        return pick(process, type, number);
    };
    switch (event.act) {
    case Act::call:
        return do_call(Syscall::call, {any(ObjectType::endpoint, 0), 0, 1});
    case Act::reply:
        return do_call(Syscall::reply, {});
    case Act::detach:
        return do_call(Syscall::detach, {});
    case Act::complete:
        return do_call(Syscall::complete, {any(ObjectType::call_record, 0)});
    case Act::drop_record:
        return do_call(Syscall::close, {any(ObjectType::call_record, 0)});
    case Act::wait:
        return do_call(Syscall::wait, {any(ObjectType::notification, 1), abi::never});
    case Act::wait_a_moment:
        return do_call(Syscall::wait, {any(ObjectType::notification, 1), machine_clock.ticks + 50});
    case Act::signal_pool:
        return do_call(Syscall::signal, {any(ObjectType::notification, 0), 1});
    case Act::signal_clients:
        return do_call(Syscall::signal, {any(ObjectType::notification, 1), 1});
    case Act::yield:
        return do_call(Syscall::yield, {});
    case Act::close_door:
        return do_call(Syscall::close, {any(ObjectType::endpoint, 0)});
    case Act::revoke:
        return do_call(Syscall::revoke, {any(ObjectType::endpoint, 0)});
    case Act::thread_exit:
        return do_call(Syscall::thread_exit, {});
    case Act::exit:
        return do_call(Syscall::exit, {});
    case Act::kill_server:
        return machine.perform(hart, [this] { server_->end(abi::EndReason::killed, 0); });
    case Act::kill_client:
        return machine.perform(hart, [this] { clients_[0]->end(abi::EndReason::killed, 0); });
    default:
        broken("an event that nobody does");
    }
}

void Scene::finish()
{
    machine.perform(system.harts[0], [this] {
        while (Process* const child = world_.root().children.front())
            child->end(abi::EndReason::killed, 0);
        CapSpace& caps = world_.root().caps;
        for (std::uint64_t at = 0; at < caps.slots();)
            at = caps.clear_some(at);
    });
    constexpr unsigned grace_rounds = 3;
    for (unsigned round = 0; round < grace_rounds; round++) {
        world_.take_interrupts();
        for (std::size_t i = 0; i < system.hart_count; i++)
            machine.perform(system.harts[i], [] {});
    }
    check_invariants();
    check_nothing_is_left(stock_);
}

std::string Scene::describe(Event event)
{
    constexpr char const* names[] = {"takes its interrupt",
                                     "(time goes on to the next timer)",
                                     "calls",
                                     "replies",
                                     "detaches",
                                     "completes",
                                     "drops its record",
                                     "waits",
                                     "waits for 50 ticks",
                                     "signals the pool",
                                     "signals a client",
                                     "yields",
                                     "closes its endpoint",
                                     "revokes",
                                     "ends its thread",
                                     "exits",
                                     "kills the server",
                                     "kills the first client"};
    static_assert(std::size(names) == static_cast<std::size_t>(Act::kill_client) + 1);
    return "hart " + std::to_string(event.hart) + " " + names[static_cast<std::size_t>(event.act)];
}

}  // namespace model
