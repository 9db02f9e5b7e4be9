// A randomised test: programs that do anything, harts that are interrupted anywhere. Chains and
// slices are checked after each step, all invariants after each sixteenth. STEPS=n makes it longer,
// SEED=n repeats one episode.
#include "tests/model/random/player.hpp"
#include "tests/model/random/random.hpp"
#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>

extern "C" [[gnu::weak]] void __sanitizer_set_death_callback(void (*)());

using namespace model;
using Kind = Op::Kind;

namespace {

constexpr std::uint64_t steps_per_episode = 2000;
constexpr std::size_t full_checks = 16;  // one in so many steps
std::uint64_t current_seed;

struct Weight {
    Kind kind;
    unsigned weight;
};

constexpr Weight weights[] = {
    {Kind::call, 120},
    {Kind::reply, 100},
    {Kind::detach, 14},
    {Kind::complete, 16},
    {Kind::lease, 10},
    {Kind::close, 8},
    {Kind::duplicate, 6},
    {Kind::notification_create, 4},
    {Kind::signal, 16},
    {Kind::wait, 12},
    {Kind::poll, 6},
    {Kind::arm, 10},
    {Kind::bind, 4},
    {Kind::pool_create, 2},
    {Kind::endpoint_create, 5},
    {Kind::revoke, 2},
    {Kind::memory, 8},
    {Kind::thread_create, 8},
    {Kind::thread_exit, 3},
    {Kind::exit, 1},
    {Kind::kill, 2},
    {Kind::info, 3},
    {Kind::watch, 2},
    {Kind::yield, 8},
    {Kind::futex_wait, 6},
    {Kind::futex_wake, 8},
    {Kind::fault_handler, 2},
    {Kind::fault, 4},
    {Kind::touch, 3},
    {Kind::use_fp, 10},
    {Kind::advance, 60},
    {Kind::interrupt, 90},
    {Kind::spurious, 6},
    {Kind::device, 2},
    {Kind::spawn, 8},
    {Kind::grant, 8},
    {Kind::end, 1},
    {Kind::schedule, 12},
    {Kind::break_in, 6},
    {Kind::charge_caller, 4},
    {Kind::upcall, 10},
};

Kind choose_kind(Random& random)
{
    static unsigned const sum = [] {
        unsigned all = 0;
        for (Weight const& entry : weights)
            all += entry.weight;
        return all;
    }();
    unsigned at = random.below(sum);
    for (Weight const& entry : weights) {
        if (at < entry.weight)
            return entry.kind;
        at -= entry.weight;
    }
    return Kind::advance;
}

Setup choose_setup(Random& random)
{
    return {.harts = 1 + random.below(4),
            .servers = 1 + random.below(2),
            .clients = 1 + random.below(3),
            .workers = 1 + random.below(2),
            .priorities = 1 + random.below(3)};
}

std::vector<Op> choose_ops(Random& random)
{
    std::vector<Op> ops(steps_per_episode);
    for (Op& op : ops) {
        op.kind = choose_kind(random);
        op.hart = random.below(4);
        op.a = random.below(1 << 24);
        op.b = random.below(1 << 24);
        op.c = random.below(1 << 24);
    }
    return ops;
}

// What is broken after which step; no reason if nothing is.
struct Outcome {
    std::string reason;
    std::size_t step = 0;
    std::uint64_t answered = 0;
    std::uint64_t upcalls = 0;
    std::string system;
};

Outcome play(Setup const& setup, std::vector<Op> const& ops, std::size_t full_check_every = 1)
{
    Outcome outcome;
    try {
        Player player{setup};
        for (; outcome.step < ops.size(); outcome.step++) {
            player.play(ops[outcome.step]);
            if (outcome.step % full_check_every == 0)
                check_invariants();
            else
                check_chains();
        }
        player.finish();
        outcome.answered = player.views.calls_answered;
        outcome.upcalls = player.views.upcalls_taken;
    } catch (Broken const& broken) {
        outcome.reason = broken.what();
        outcome.system = describe_system();
    }
    return outcome;
}

std::string state_after(Setup const& setup, std::vector<Op> const& ops)
{
    try {
        Player player{setup};
        for (Op const& op : ops)
            player.play(op);
        return describe_system();
    } catch (Broken const& broken) {
        return broken.what();
    }
}

// Leaves out steps as long as something is still broken.
std::vector<Op> shrink(Setup const& setup, std::vector<Op> ops)
{
    int attempts = 3000;
    for (std::size_t chunk = ops.size() / 2; chunk > 0; chunk /= 2)
        for (std::size_t at = 0; at + chunk <= ops.size() && attempts-- > 0;) {
            std::vector<Op> fewer = ops;
            auto const from = fewer.begin() + static_cast<std::ptrdiff_t>(at);
            fewer.erase(from, from + static_cast<std::ptrdiff_t>(chunk));
            if (play(setup, fewer).reason.empty())
                at += chunk;
            else
                ops = std::move(fewer);
        }
    return ops;
}

std::string report(std::uint64_t seed, Setup const& setup, std::vector<Op> ops, Outcome outcome)
{
    ops.resize(std::min(ops.size(), outcome.step + 1));
    std::vector<Op> const few = shrink(setup, ops);
    std::string text = outcome.reason + "\nSEED=" + std::to_string(seed) + " repeats it; step " +
                       std::to_string(outcome.step) + "; " + std::to_string(setup.harts) +
                       " harts, " + std::to_string(setup.servers) + " servers, " +
                       std::to_string(setup.clients) + " clients, " +
                       std::to_string(setup.workers) +
                       " workers. Shorter: " + play(setup, few).reason + "\n";
    for (Op const& op : few)
        text += "  " + describe(op) + "\n";
    text += play(setup, few).system + "One step before:\n";
    return text + state_after(setup, {few.begin(), few.end() - 1});
}

// One world, with a setup and steps that the seed determines.
struct Done {
    std::uint64_t answered = 0;
    std::uint64_t upcalls = 0;
};

testing::AssertionResult episode(std::uint64_t seed, Done& done)
{
    current_seed = seed;
    Random random{seed};
    Setup const setup = choose_setup(random);
    std::vector<Op> const ops = choose_ops(random);
    Outcome const outcome = play(setup, ops, full_checks);
    done.answered += outcome.answered;
    done.upcalls += outcome.upcalls;
    if (outcome.reason.empty())
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << report(seed, setup, ops, outcome);
}

std::uint64_t number_from(char const* variable, std::uint64_t otherwise)
{
    char const* const text = std::getenv(variable);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace

TEST(random, programs_break_no_invariant)
{
    if (__sanitizer_set_death_callback != nullptr)
        __sanitizer_set_death_callback(
            [] { std::fprintf(stderr, "SEED=%lu repeats it\n", current_seed); });
    std::uint64_t const only = number_from("SEED", 0);
    std::uint64_t const steps = number_from("STEPS", 1'000'000);
    Done found;
    if (only != 0) {
        EXPECT_TRUE(episode(only, found));
        return;
    }
    std::uint64_t done = 0;
    for (std::uint64_t seed = 1; done < steps; seed++, done += steps_per_episode)
        ASSERT_TRUE(episode(seed, found));
    std::printf("%lu steps, %lu calls answered, %lu upcalls\n", done, found.answered,
                found.upcalls);
    EXPECT_GT(found.answered, steps / 400) << "the steps no longer do what they are meant to do";
    EXPECT_GT(found.upcalls, steps / 4000) << "the steps no longer do what they are meant to do";
}
