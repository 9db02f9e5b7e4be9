// Calls and replies take no lock: whatever another hart does meanwhile, at any of their accesses,
// all invariants hold afterwards. From each state of small systems that a few events lead to, every
// call and reply is mingled with every step of the other hart. DEPTH=n: states further away.
#include "tests/model/interleave/schedules.hpp"
#include "tests/model/machine/crash.hpp"
#include "tests/model/world/fingerprint.hpp"
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>

using namespace model;

namespace {

using Act = Scene::Act;

bool is_short(Scene::Event event) { return event.act == Act::call || event.act == Act::reply; }

bool is_of_a_hart(Scene::Event event) { return event.act != Act::next_timer; }

std::string const* running_path = nullptr;
Schedules const* running_schedules = nullptr;

class Mingler {
public:
    Mingler(Scene::Setup const& setup, unsigned depth, unsigned switches)
        : scene_{setup}, snapshots_(depth + 1), switches_{switches}
    {
        visit(depth);
    }

    std::uint64_t states = 0;
    std::uint64_t pairs = 0;
    std::uint64_t schedules = 0;

private:
    void visit(unsigned left)
    {
        bool const is_new = seen_.insert(fingerprint()).second;
        if (!is_new && left == 0)
            return;
        Snapshot& snapshot = snapshots_[left];
        snapshot.take();
        std::vector<Scene::Event> const events = scene_.events();
        if (is_new)
            mingle(snapshot, events);
        if (left == 0)
            return;
        for (Scene::Event const event : events) {
            snapshot.restore();
            path_ += "  " + Scene::describe(event) + "\n";
            std::size_t const length = path_.size();
            scene_.play(event);
            check_chains();
            visit(left - 1);
            path_.resize(path_.rfind("  hart", length - 1));
        }
        snapshot.restore();
    }

    void mingle(Snapshot const& state, std::vector<Scene::Event> const& events)
    {
        states++;
        for (Scene::Event const first : events)
            for (Scene::Event const second : events)
                if (is_short(first) && is_of_a_hart(second) && first.hart != second.hart)
                    mingle(state, first, second);
        state.restore();
    }

    void mingle(Snapshot const& state, Scene::Event first, Scene::Event second)
    {
        Schedules all{scene_, state, first, second, switches_};
        running_path = &path_;
        running_schedules = &all;
        try {
            all.play_all(check_invariants);
        } catch (Broken const& broken) {
            throw Broken{std::string{broken.what()} + " after\n" + path_ + all.description() +
                         describe_system()};
        }
        pairs++;
        schedules += all.count;
    }

    Scene scene_;
    std::vector<Snapshot> snapshots_;
    unsigned switches_;
    std::unordered_set<std::uint64_t> seen_;
    std::string path_;
};

void mingle(Scene::Setup const& setup, unsigned depth, unsigned switches)
{
    if (char const* const wanted = std::getenv("PAIRS_DEPTH"))
        depth = static_cast<unsigned>(std::strtoul(wanted, nullptr, 10));
    auto const start = std::chrono::steady_clock::now();
    tell_on_crash([] { return *running_path + running_schedules->description(); });
    try {
        Mingler const mingler{setup, depth, switches};
        auto const end = std::chrono::steady_clock::now();
        std::printf("%u clients, %u workers: %lu states, %lu pairs of steps, %lu schedules with up "
                    "to %u switches, %.1f s\n",
                    setup.clients, setup.workers, mingler.states, mingler.pairs, mingler.schedules,
                    switches, std::chrono::duration<double>(end - start).count());
        EXPECT_GT(mingler.schedules, 100u);
    } catch (Broken const& broken) {
        access_hook = nullptr;
        FAIL() << broken.what();
    }
}

}  // namespace

TEST(interleave, two_clients_and_one_worker) { mingle({2, 2, 1}, 2, 3); }
TEST(interleave, two_clients_and_two_workers) { mingle({2, 2, 2}, 2, 3); }
TEST(interleave, three_clients_and_one_worker) { mingle({2, 3, 1}, 2, 2); }
