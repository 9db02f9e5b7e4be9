// kernel-test: runs the cases one after the other and prints `ok name` or `FAILED name` for each,
// then how many failed. With the argument `long` the stress cases do fifty times as much. On more
// than two harts it runs only those cases that many harts matter to, or all if it has any argument.
#include "lib/sys/clock.hpp"
#include "lib/sys/environment.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/run.hpp"
#include "lib/sys/start_info.hpp"
#include "tests/kernel/child.hpp"

namespace {

using namespace test;

void run_case(std::uint64_t address) { reinterpret_cast<Case const*>(address)->run(); }

std::uint64_t used_bytes() { return must(sys::process_info(sys::own_process)).used_bytes; }

// All that a case was given comes back, once every hart has left the kernel.
bool is_paid_back(std::uint64_t before)
{
    for (abi::Ticks const end = after(5000); after(0) < end; pause(1))
        if (used_bytes() == before)
            return true;
    sys::log("  quota: ", before, " bytes used before, ", used_bytes(), " after");
    return false;
}

std::string_view trouble(abi::ProcessInfo const& info)
{
    if (info.reason == abi::EndReason::exited)
        return shared().failures != 0 || info.exit_code != 0 ? "FAILED " : "";
    if (info.reason == abi::EndReason::exception)
        sys::log("  exception ", info.cause, " at ", sys::Hex{info.registers[0]}, ", address ",
                 sys::Hex{info.address});
    return info.reason == abi::EndReason::killed ? "FAILED (too long) " : "FAILED (died) ";
}

// What takes a second where nothing is in the way takes a hundred on two harts of a busy host: one
// waits for the other again and again, and each time for the host to run it.
abi::ProcessInfo run_in_child(Case const& item)
{
    constexpr std::uint64_t longest_ms = 240'000;
    std::uint64_t const quota_mib = shared().effort == 1 ? 16 : 64;  // stacks do not come back
    Child child{{.quota_bytes = quota_mib << 20}};
    auto const ended = must(sys::notification_create());
    must(sys::process_watch(child.process(), ended.value(), 1));
    child.start(run_case, reinterpret_cast<std::uint64_t>(&item));
    if (!sys::wait(ended.value(), after(longest_ms * shared().effort)))
        child.kill();
    return child.info();
}

bool run(Case const& item)
{
    for (auto& word : shared().word)
        word = 0;
    shared().failures = 0;
    std::uint64_t const before = used_bytes();
    std::string_view failure = trouble(run_in_child(item));
    if (!is_paid_back(before) && failure.empty())
        failure = "FAILED (quota) ";
    sys::log(failure.empty() ? "ok " : failure, item.name);
    return failure.empty();
}

// A hart that never comes would let everything pass on the others.
Result<> wait_for_all_harts(HandleValue log)
{
    for (;;) {
        abi::KernelInfo const info = TRY(sys::kernel_info(log));
        if (info.harts_online == info.hart_count)
            return {};
        if (sys::now() > info.boot_ticks + milliseconds(patience_ms())) {
            sys::log(info.harts_online, " of ", info.hart_count, " harts work");
            return fail(Status::timed_out);
        }
        pause(1);
    }
}

// The page tables of this process are complete afterwards.
void warm_up()
{
    {
        Child child;
        child.start([](std::uint64_t) {});
        child.wait_for_end();
    }
    pause(200);
}

// Not every machine can switch itself off; what has failed is in the log anyway.
Result<> end_machine(HandleValue power, bool passed)
{
    (void)sys::power(power, passed ? abi::PowerAction::off : abi::PowerAction::fail);
    return sys::power(power, abi::PowerAction::reboot);
}

Result<> run_all(sys::Environment& environment)
{
    auto const power = TRY(environment.take("power"));
    HandleValue const log = TRY(environment.take("log")).release();
    prepare_children(log);
    std::string_view const amount =
        environment.arguments().size() == 1 ? environment.arguments()[0] : "";
    shared().effort = amount == "long" ? 50 : 1;
    bool const all = !amount.empty() || TRY(sys::kernel_info(log)).hart_count <= 2;
    std::uint64_t passed = 0;
    std::uint64_t failed = 0;
    TRY(wait_for_all_harts(log));
    warm_up();
    for (Case const* item = first_case(); item != nullptr; item = item->next)
        if (all || item->harts == Harts::many)
            run(*item) ? passed++ : failed++;
    sys::log("kernel tests: ", passed, " passed, ", failed, " failed");
    return end_machine(power.value(), failed == 0);
}

}  // namespace

int main(int count, char** arguments) { return sys::run(run_all, count, arguments); }
