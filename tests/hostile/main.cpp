// hostile COUNT: hostile processes make so many system calls between them. They are killed at
// random and made again. The system is to survive it, and a process that only wants to work is to
// go on as if nobody else were there.
#include "lib/sys/clock.hpp"
#include "lib/sys/environment.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/run.hpp"
#include "tests/hostile/attack.hpp"
#include "tests/hostile/broker.hpp"
#include "tests/hostile/steady.hpp"
#include "tests/kernel/random.hpp"
#include <charconv>
#include <optional>

namespace {

using namespace hostile;

constexpr std::uint64_t seed = 20250701;
constexpr std::size_t process_count = 6;
constexpr std::uint32_t steady_priority = 10;
constexpr std::uint32_t hostile_priority = 6;
constexpr std::uint64_t hostile_quota = 1 << 20;
constexpr std::uint64_t tick_ms = 5;
constexpr std::uint64_t most_idle_ticks = 60;
constexpr std::uint64_t most_calls_a_tick = 100'000;  // more is a lie
constexpr std::uint64_t processes_a_round = 40;
constexpr std::uint64_t page_table_bytes = 256 << 10;

struct Totals {
    std::uint64_t calls = 0;
    std::uint64_t processes = 0;
    std::uint64_t killed = 0;      // by the supervisor
    std::uint64_t exceptions = 0;  // of their own making
};

std::uint64_t used_bytes() { return must(sys::process_info(sys::own_process)).used_bytes; }

// One place for a hostile process, which is filled again and again.
class Place {
public:
    void start(std::size_t index, HandleValue broker, HandleValue ended, Totals& totals)
    {
        static constinit Plan plan{};
        plan = {index, (seed << 20) + totals.processes++};
        shared().word[index] = seen_ = idle_ticks_ = 0;
        child_.emplace(ChildOptions{.quota_bytes = hostile_quota, .priority = hostile_priority});
        must(sys::process_watch(child_->process(), ended, 1ull << index));
        child_->give(broker, sys::rights(abi::Right::call, abi::Right::duplicate));
        child_->give(child_->process());
        child_->start(be_hostile, sys::address_of(&plan));
    }

    // False if it has ended, or nothing moves in it any more. `signalled`: somebody in this place
    // has ended, perhaps its predecessor.
    bool look(std::size_t index, bool signalled, Totals& totals)
    {
        std::uint64_t const now = shared().word[index];
        idle_ticks_ = now == seen_ ? idle_ticks_ + 1 : 0;
        if (now > seen_ && now - seen_ < most_calls_a_tick)
            totals.calls += now - seen_;
        seen_ = now;
        bool const has_ended = !child_ || (signalled && child_->has_ended());
        return idle_ticks_ < most_idle_ticks && !has_ended;
    }

    void end(Totals& totals)
    {
        if (!child_)
            return;
        abi::ProcessInfo const info = child_->info();
        totals.killed += info.reason == abi::EndReason::running ? 1 : 0;
        totals.exceptions += info.reason == abi::EndReason::exception ? 1 : 0;
        child_.reset();
    }

private:
    std::optional<Child> child_;
    std::uint64_t seen_ = 0;
    std::uint64_t idle_ticks_ = 0;
};

// Hostile processes and the broker between them, until so many of them have come and gone. After it
// everything is to be paid back: what the broker keeps also keeps the quota of who has died.
class Round {
public:
    explicit Round(Totals& totals) : totals_{&totals}, broker_{{.priority = steady_priority}}
    {
        broker_endpoint_ = start_server(broker_, exchange_handles, 0, 2);
        must(sys::process_watch(broker_.process(), ended_.value(), broker_ended));
    }

    void fight()
    {
        for (std::size_t i = 0; i < process_count; ++i)
            start(i);
        Random random{seed + totals_->processes};
        std::uint64_t const last = totals_->processes + processes_a_round;
        while (totals_->processes < last) {
            std::uint64_t const ended = sys::wait(ended_.value(), after(tick_ms)).value_or(0);
            expect((ended & broker_ended) == 0);
            for (std::size_t i = 0; i < process_count; ++i)
                if (!places_[i].look(i, (ended >> i & 1) != 0, *totals_) || random.one_in(200))
                    replace(i);
        }
        for (Place& place : places_)
            place.end(*totals_);
    }

private:
    static constexpr std::uint64_t broker_ended = 1ull << process_count;

    void start(std::size_t index)
    {
        places_[index].start(index, broker_endpoint_.value(), ended_.value(), *totals_);
    }
    void replace(std::size_t index)
    {
        places_[index].end(*totals_);
        start(index);
    }

    Totals* totals_;
    Child broker_;
    Handle broker_endpoint_;
    Handle ended_ = must(sys::notification_create());
    std::array<Place, process_count> places_;
};

void spin(std::uint64_t)
{
    for (;;)
        shared().word[most_processes]++;
}

// How many calls of the well-behaved would be answered in a second, from now on.
class Rate {
public:
    explicit Rate(Steady const& steady) : steady_{steady}, begin_{steady.work()} {}
    std::uint64_t per_second() const
    {
        auto const [rounds, time] = steady_.work();
        return (rounds - begin_.rounds) * milliseconds(1000) / (time - begin_.time + 1);
    }

private:
    Steady const& steady_;
    Steady::Work begin_;
};

// Beside processes that only take time.
std::uint64_t quiet_rate(Steady const& steady)
{
    std::array<std::optional<Child>, process_count> spinners;
    for (auto& spinner : spinners)
        spinner.emplace(ChildOptions{.priority = hostile_priority}).start(spin);
    Rate const rate{steady};
    pause(1000);
    return rate.per_second();
}

void fight(std::uint64_t wanted)
{
    Steady const steady{steady_priority};
    std::uint64_t const quiet = quiet_rate(steady);
    Totals totals;
    std::uint64_t worst = ~0ull;
    while (totals.calls < wanted) {
        std::uint64_t const before = used_bytes();
        Rate const rate{steady};
        {
            Round round{totals};
            round.fight();
        }
        std::uint64_t const beside = rate.per_second();
        worst = std::min(worst, beside);
        expect(!steady.has_ended());
        eventually([before] { return used_bytes() <= before + page_table_bytes; });
        sys::log("  ", totals.calls, " calls by ", totals.processes, " processes, seed ", seed,
                 ": ", totals.exceptions, " had an exception, ", totals.killed,
                 " were killed by the test; steady: ", beside, " rounds a second");
    }
    sys::log(totals.calls, " calls, all is paid back; steady: ", quiet,
             " rounds a second beside loops, ", worst, " in the worst round");
}

Result<> run_all(sys::Environment& environment)
{
    auto const power = TRY(environment.take("power"));
    std::uint64_t wanted = 0;
    std::string_view const text = environment.arguments().empty() ? "" : environment.arguments()[0];
    (void)std::from_chars(text.data(), text.data() + text.size(), wanted);
    prepare_children(0);
    fight(wanted);
    return sys::power(power.value(), abi::PowerAction::off);
}

}  // namespace

int main(int count, char** arguments) { return sys::run(run_all, count, arguments); }
