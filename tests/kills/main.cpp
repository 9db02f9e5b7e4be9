// kills COUNT: so many clients are killed at random points of nested calls, then so many servers.
//
// After each the others go on: servers serve, clients get `peer_died`, once. After each hundred of
// them everything is paid back.
#include "lib/sys/environment.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/run.hpp"
#include "tests/kills/nested.hpp"
#include <charconv>

namespace {

using namespace kills;

constexpr std::uint64_t seed = 20250701;
constexpr std::uint64_t longest_life = 100;  // microseconds of calls
constexpr std::uint64_t server_clients = 2;
constexpr std::uint64_t first_calls = 3;  // before somebody is killed
constexpr std::uint64_t batch = 100;

// How often somebody was killed at which place of a nested call.
std::atomic<std::uint64_t>& killed_at(std::uint64_t where) { return shared().word[16 + where]; }

// Lets others run until they are in the midst of their calls, and for a random time, to a tick.
void let_others_run(Random& random, Handle const& never)
{
    abi::Ticks const longest = milliseconds(longest_life) / 1000;
    bool begun = false;
    do {
        begun = calls_made() >= first_calls;
        abi::Ticks const until = after(0) + 1 + random.below(longest);
        refused(sys::wait(never.value(), until, abi::wait_shielded), Status::timed_out);
    } while (!begun);
}

void kill_here(Child& child)
{
    child.kill();
    killed_at(place())++;
}

void be_client(std::uint64_t number)
{
    for (Random random{seed + number};;)
        expect_status(call_nested(given(1), random), Status::ok);
}

// The servers serve after each of them.
void kill_clients(std::uint64_t first)
{
    Random random{seed + first};
    auto const never = must(sys::notification_create());
    Servers servers;
    for (std::uint64_t i = first; i < first + batch; i++) {
        Child client{{.priority = priority}};
        client.give(servers.first());
        calls_made() = 0;
        client.start(be_client, i);
        let_others_run(random, never);
        kill_here(client);
        expect(client.info().reason == abi::EndReason::killed);
        for (int j = 0; j < 3; j++)
            expect_status(call_nested(servers.first(), random), Status::ok);
        expect(servers.all_serve());
    }
}

// A thread that calls until the call fails, each time that it is told to.
struct Caller {
    HandleValue endpoint = 0;
    Handle begin = must(sys::notification_create());
    Handle end = must(sys::notification_create());
    std::uint64_t failures = 0;
};
std::array<Caller, server_clients>* callers;

void call_until_it_fails(std::uint64_t index)
{
    Caller& caller = (*callers)[index];
    for (Random random{seed + index};; must(sys::signal(caller.end.value(), 1))) {
        (void)must(sys::wait(caller.begin.value()));
        Status status = Status::ok;
        while (status == Status::ok)
            status = call_nested(caller.endpoint, random);
        expect_status(status, Status::peer_died);
        caller.failures++;
    }
}

void start_callers()
{
    static std::array<Caller, server_clients> all;
    callers = &all;
    for (std::uint64_t i = 0; i < all.size(); i++)
        start_thread(call_until_it_fails, i, priority);
}

// Each client is told, once, and the server that is left goes on.
void kill_servers(std::uint64_t first)
{
    Random random{seed + first};
    auto const never = must(sys::notification_create());
    start_callers();
    Servers servers;
    for (std::uint64_t i = 1; i <= batch; i++) {
        calls_made() = 0;
        for (Caller& caller : *callers) {
            caller.endpoint = servers.first();
            must(sys::signal(caller.begin.value(), 1));
        }
        let_others_run(random, never);
        bool const second = random.one_in(2);
        kill_here(second ? servers.second_process() : servers.first_process());
        for (Caller const& caller : *callers) {
            (void)wait_for(caller.end);
            expect_equal(caller.failures, i);
        }
        expect(second ? !servers.first_process().has_ended()
                      : !servers.second_process().has_ended());
        servers.restore();
        expect_status(call_nested(servers.first(), random), Status::ok);
    }
}

std::uint64_t used_bytes() { return must(sys::process_info(sys::own_process)).used_bytes; }

// The end of a process's quota takes a while to come back.
bool is_paid_back(std::uint64_t before)
{
    for (abi::Ticks const end = after(patience_ms()); after(0) < end; pause(1))
        if (used_bytes() == before)
            return true;
    sys::log("quota: ", before, " bytes used before, ", used_bytes(), " after");
    return false;
}

// Runs a batch in a process without the C library, whose thread pointers are message buffers.
bool run_in_child(Entry kill_some, std::uint64_t first)
{
    Child child{{.quota_bytes = 32 << 20}};
    auto const ended = must(sys::notification_create());
    must(sys::process_watch(child.process(), ended.value(), 1));
    child.start(kill_some, first);
    (void)must(sys::wait(ended.value()));
    abi::ProcessInfo const info = child.info();
    return info.reason == abi::EndReason::exited && info.exit_code == 0;
}

bool kill(std::string_view who, Entry kill_some, std::uint64_t count)
{
    for (std::uint64_t where = 0; where < std::to_underlying(Place::count); where++)
        killed_at(where) = 0;
    std::uint64_t const before = used_bytes();
    for (std::uint64_t first = 0; first < count; first += batch)
        if (!run_in_child(kill_some, first) || !is_paid_back(before))
            return false;
    sys::log(count, " ", who, " killed, seed ", seed, ": ", killed_at(0).load(),
             " with the client at work, ", killed_at(1).load(), " in the first server, ",
             killed_at(2).load(), " in the second, ", killed_at(3).load(), " on the way back");
    return true;
}

// The page tables of this process are complete afterwards.
void warm_up()
{
    (void)run_in_child([](std::uint64_t) {}, 0);
    pause(200);
}

bool kill_all(std::uint64_t count)
{
    warm_up();
    bool const passed =
        kill("clients", kill_clients, count) && kill("servers", kill_servers, count);
    if (passed)
        sys::log("everything is paid back");
    return passed;
}

Result<> run_all(sys::Environment& environment)
{
    auto const power = TRY(environment.take("power"));
    prepare_children(TRY(environment.take("log")).release());
    std::uint64_t count = 0;
    std::string_view const text = environment.arguments().empty() ? "" : environment.arguments()[0];
    (void)std::from_chars(text.data(), text.data() + text.size(), count);
    bool const passed = kill_all(count);
    return sys::power(power.value(), passed ? abi::PowerAction::off : abi::PowerAction::fail);
}

}  // namespace

int main(int count, char** arguments) { return sys::run(run_all, count, arguments); }
