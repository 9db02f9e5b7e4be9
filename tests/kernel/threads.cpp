#include "tests/kernel/threads.hpp"
#include "lib/sys/start_info.hpp"

namespace test {

namespace {

struct Start {
    Entry entry;
    std::uint64_t argument;
};

[[noreturn]] void run_thread(std::uint64_t address)
{
    Start const start = *reinterpret_cast<Start const*>(address);
    start.entry(start.argument);
    sys::thread_exit();
}

}  // namespace

std::uint64_t global_pointer()
{
    std::uint64_t value;
    asm("mv %0, gp" : "=r"(value));
    return value;
}

// The message buffer, then the stack, which grows down to it.
abi::ThreadParameters new_thread_memory()
{
    constexpr std::uint64_t pages = 4;
    auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, pages));
    std::uint64_t const begin =
        must(sys::map({.memory = memory.value(),
                       .page_count = pages,
                       .protection = sys::protect_read | sys::protect_write}));
    return {.stack_pointer = begin + pages * abi::page_size - 64,
            .thread_pointer = begin,
            .global_pointer = global_pointer(),
            .message_buffer = begin};
}

void start_thread(Entry entry, std::uint64_t argument)
{
    start_thread(entry, argument, sys::start_info().priority);
}

namespace {

abi::ThreadParameters plan_thread(Entry entry, std::uint64_t argument, std::uint32_t priority)
{
    abi::ThreadParameters parameters = new_thread_memory();
    parameters.entry = reinterpret_cast<std::uint64_t>(&run_thread);
    parameters.priority = priority;
    parameters.argument = parameters.stack_pointer;  // above where the stack begins
    *reinterpret_cast<Start*>(parameters.argument) = {entry, argument};
    return parameters;
}

}  // namespace

void start_thread(Entry entry, std::uint64_t argument, std::uint32_t priority)
{
    (void)must(sys::thread_create(sys::own_process, plan_thread(entry, argument, priority)));
}

Handle start_thread_with_handle(Entry entry, std::uint64_t argument, std::uint32_t priority,
                                std::uint64_t harts)
{
    auto thread =
        must(sys::thread_create(sys::own_process, plan_thread(entry, argument, priority)));
    auto const placed = sys::schedule(thread.value(), {priority, 0, 0, harts});
    expect(placed || placed.error() == Status::peer_died);  // or it has ended already
    return thread;
}

std::uint64_t other_hart()
{
    constexpr std::uint64_t second_hart = 2;
    auto const asked = must(sys::notification_create());
    auto const thread = start_thread_with_handle(
        [](std::uint64_t handle) { (void)sys::wait(static_cast<sys::HandleValue>(handle)); },
        asked.value(), 1);
    auto const there = sys::schedule(thread.value(), {1, 0, 0, second_hart});
    must(sys::signal(asked.value(), 1));  // it lived until now
    bool const is_none = !there && there.error() == Status::bad_argument;
    return is_none ? first_hart : second_hart;
}

void on_hart(std::uint64_t hart, Entry entry)
{
    struct Plan {
        Entry entry;
        std::uint64_t other_hart;
        Handle done;
    };
    static constinit Plan plan{};
    plan = {entry, other_hart(), must(sys::notification_create())};
    auto const thread = start_thread_with_handle(
        [](std::uint64_t) {
            plan.entry(plan.other_hart);
            must(sys::signal(plan.done.value(), 1));
        },
        0, sys::start_info().priority - 1, hart);
    (void)wait_for(plan.done);
    plan.done = {};
}

void start_clone(HandleValue process, Entry entry, std::uint64_t argument)
{
    auto const plan = plan_thread(entry, argument, sys::start_info().priority);
    must(sys::space_clone(sys::own_process, process));
    (void)must(sys::thread_create(process, plan));
}

Handle make_pool(Service service, abi::PoolOptions const& options)
{
    return must(sys::pool_create(reinterpret_cast<std::uint64_t>(service),
                                 sys::start_info().priority, options));
}

void add_worker(Handle const& pool)
{
    abi::ThreadParameters parameters = new_thread_memory();
    parameters.pool = pool.value();
    (void)must(sys::thread_create(sys::own_process, parameters));
}

Handle make_endpoint(Handle const& pool, std::uint64_t badge)
{
    return must(sys::endpoint_create(pool.value(), badge));
}

Handle serve(Service service, std::uint64_t badge, std::size_t workers,
             abi::PoolOptions const& options)
{
    auto const pool = make_pool(service, options);
    for (std::size_t i = 0; i < workers; i++)
        add_worker(pool);
    return make_endpoint(pool, badge);
}

Handle serve_calls(Service service, std::uint64_t badge, std::size_t workers)
{
    auto endpoint = serve(service, badge, workers);
    Handle{must(sys::duplicate(endpoint.value(), abi::all_rights))}.release();
    return endpoint;
}

namespace {

struct ServerPlan {
    Service service;
    std::uint64_t badge;
    std::size_t workers;
    abi::PoolOptions options;
};
constinit ServerPlan plan{};

void accept_endpoint(std::uint64_t, std::uint64_t header, std::uint64_t, std::uint64_t,
                     std::uint64_t, std::uint64_t, std::uint64_t)
{
    if (is_event(header))
        sys::reply(Status::ok, {});
    shared().word[210] = own_buffer().handles[0].handle;
    sys::reply(Status::ok, {});
}

void be_server(std::uint64_t)
{
    auto endpoint = serve(plan.service, plan.badge, plan.workers, plan.options);
    own_buffer().handles[0] = {endpoint.release(), 0, 1};
    expect_status(call(given(0), {abi::MessageHeader::make(0, 1).bits, 0, {}}).status, Status::ok);
    stay();
}

}  // namespace

Handle start_server(Child& child, Service service, std::uint64_t badge, std::size_t workers,
                    abi::PoolOptions const& options)
{
    auto const registry = serve(accept_endpoint);
    child.give_first(registry.value());
    plan = {service, badge, workers, options};
    shared().word[210] = 0;
    child.start(be_server);
    eventually([] { return shared().word[210] != 0; });
    return Handle{static_cast<HandleValue>(shared().word[210].load())};
}

void stay()
{
    auto const never = must(sys::notification_create());
    for (;;)
        (void)sys::wait(never.value());
}

Answer call(HandleValue endpoint, sys::Registers const& message)
{
    Answer answer{.registers = message};
    answer.status = sys::call(endpoint, answer.registers);
    return answer;
}

void echo(std::uint64_t, std::uint64_t header, std::uint64_t label, std::uint64_t word0,
          std::uint64_t word1, std::uint64_t word2, std::uint64_t word3)
{
    sys::reply(Status::ok, {header, label, {word0, word1, word2, word3}});
}

void echo_when_told(std::uint64_t, std::uint64_t header, std::uint64_t label, std::uint64_t word0,
                    std::uint64_t word1, std::uint64_t word2, std::uint64_t word3)
{
    if (is_event(header))
        sys::reply(Status::ok, {});
    calls_begun()++;
    eventually([] { return may_answer() != 0; });
    sys::reply(Status::ok, {header, label, {word0, word1, word2, word3}});
}

}  // namespace test
