// All ways in which two steps of two harts can mingle, where one of them takes no lock.
//
// A point is an access of one hart to something that the other one uses too, and at least one of
// them writes. At each point the other hart may go on instead, up to so many times. What harts do
// under the lock happens in one piece, unless the other one is on the fast path at that time.
// Accesses take effect in one order that both harts see: what weaker memory does is for the models
// of tests/spin.
#pragma once
#include "tests/model/machine/snapshot.hpp"
#include "tests/model/reports/access.hpp"
#include "tests/model/world/scene.hpp"
#include <unordered_map>
#include <unordered_set>

namespace model {

class Schedules {
public:
    // `first` is a call or a reply; `second` anything on the other hart. `state` is where both can
    // happen.
    Schedules(Scene& scene, Snapshot const& state, Scene::Event first, Scene::Event second,
              unsigned most_switches);

    // Plays each of them. `after` looks at what came out.
    template <class After>
    void play_all(After after)
    {
        find_conflicts();
        for (unsigned starter : {0u, 1u}) {
            choices_.clear();
            do {
                play(starter);
                count++;
                after();
            } while (advance());
        }
    }

    std::uint64_t count = 0;
    std::string description() const;

private:
    static void report(Access const& access);
    void record(Access const& access);
    void pass(Access const& access);
    bool is_point(Access const& access) const;

    void find_conflicts();
    void prepare();
    void play(unsigned starter);
    bool has_finished(unsigned which) const;
    void run(unsigned which);
    // The next combination of choices; false if there is none.
    bool advance();

    Scene& scene_;
    Snapshot const& state_;
    Scene::Event events_[2];
    unsigned const most_switches_;

    bool is_recording_ = false;
    std::unordered_map<std::uint64_t, unsigned> touched_[2];  // words: 1 read, 2 written
    std::unordered_set<std::uint64_t> conflicts_;
    std::vector<bool> choices_;  // at each point: whether the other one goes on
    std::size_t passed_ = 0;     // points
    unsigned switches_ = 0;
    bool started_[2] = {};
};

}  // namespace model
