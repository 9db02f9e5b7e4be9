// Explores all sequences of events in small systems, up to a depth: each state that is reached for
// the first time is checked, and left by everything that can happen in it. DEPTH=n goes deeper.
#include "tests/model/machine/crash.hpp"
#include "tests/model/machine/snapshot.hpp"
#include "tests/model/world/fingerprint.hpp"
#include "tests/model/world/scene.hpp"
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>
#include <unordered_map>

using namespace model;

namespace {

class Explorer {
public:
    Explorer(Scene::Setup const& setup, unsigned depth)
        : scene_{setup}, depth_{depth}, snapshots_(depth + 1)
    {
    }

    void run()
    {
        check_invariants();
        visit(depth_);
    }

    std::uint64_t states() const { return seen_.size(); }
    std::uint64_t steps = 0;
    std::string path() const
    {
        std::string text;
        for (Scene::Event const event : path_)
            text += "  " + Scene::describe(event) + "\n";
        return text;
    }

private:
    // The present state has so many steps before it.
    void visit(unsigned left)
    {
        std::uint64_t const number = seen_.size();
        std::uint8_t& best = seen_[fingerprint()];
        if (best > left)
            return;
        bool const is_new = best == 0;
        best = static_cast<std::uint8_t>(left + 1);
        if (is_new)
            check_invariants();
        bool const is_sample = is_new && number % finished_states == 0;
        if (left == 0 && !is_sample)
            return;
        Snapshot& snapshot = snapshots_[left];
        snapshot.take();
        if (is_sample) {
            scene_.finish();
            snapshot.restore();
        }
        if (left == 0)
            return;
        for (Scene::Event const event : scene_.events()) {
            path_.push_back(event);
            steps++;
            scene_.play(event);
            check_chains();
            visit(left - 1);
            path_.pop_back();
            snapshot.restore();
        }
    }

    static constexpr std::uint64_t finished_states = 8;  // one in so many is taken to its end

    Scene scene_;
    unsigned depth_;
    std::vector<Snapshot> snapshots_;
    std::vector<Scene::Event> path_;
    std::unordered_map<std::uint64_t, std::uint8_t> seen_;  // how deep it was left, plus 1
};

Explorer const* running = nullptr;

// At the usual depth there are a twentieth more states, some more or less with the addresses of
// objects: fewer are a kind of event that is lost.
void explore(Scene::Setup const& setup, unsigned usual_depth, std::uint64_t fewest_states)
{
    unsigned depth = usual_depth;
    if (char const* const wanted = std::getenv("DEPTH"))
        depth = static_cast<unsigned>(std::strtoul(wanted, nullptr, 10));
    auto const start = std::chrono::steady_clock::now();
    Explorer explorer{setup, depth};
    running = &explorer;
    tell_on_crash([] { return running->path(); });
    try {
        explorer.run();
    } catch (Broken const& broken) {
        FAIL() << broken.what() << " after\n" << explorer.path() << describe_system();
    }
    auto const end = std::chrono::steady_clock::now();
    std::printf("%u harts, %u clients, %u workers: %lu states, %lu steps, depth %u, %.1f s\n",
                setup.harts, setup.clients, setup.workers, explorer.states(), explorer.steps, depth,
                std::chrono::duration<double>(end - start).count());
    EXPECT_GE(explorer.states(), depth >= usual_depth ? fewest_states : 1);
}

}  // namespace

TEST(explore, two_clients_and_two_workers_on_one_hart) { explore({1, 2, 2}, 7, 62'000); }
TEST(explore, two_clients_and_two_workers_on_two_harts) { explore({2, 2, 2}, 6, 45'500); }
TEST(explore, three_clients_and_one_worker_on_one_hart) { explore({1, 3, 1}, 6, 49'500); }
TEST(explore, three_clients_and_one_worker_on_two_harts) { explore({2, 3, 1}, 6, 166'500); }
TEST(explore, clients_of_two_priorities_on_one_hart) { explore({1, 2, 1, 2}, 7, 10'800); }
TEST(explore, clients_of_two_priorities_on_two_harts) { explore({2, 3, 1, 2}, 6, 98'500); }
