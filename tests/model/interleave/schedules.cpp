// Plays two steps of two harts in all orders.
#include "tests/model/interleave/schedules.hpp"

namespace model {

namespace {

constexpr std::uint64_t word_bytes = 8;
Schedules* current = nullptr;

bool is_kernels(std::uint64_t address)
{
    auto const object = reinterpret_cast<std::uint64_t>(&system);
    return (address >= object && address < object + sizeof system) ||
           (address >= arena_address && address < arena_address + most_frames * kernel::page_size);
}

// What harts wait on is a point anyway: they are set aside there.
bool is_waited_for(std::uint64_t word)
{
    auto const is_in = [word](auto const& object) {
        return reinterpret_cast<std::uint64_t>(&object) / word_bytes == word;
    };
    return is_in(system.lock) || is_in(system.harts[0].fp_wanted) ||
           is_in(system.harts[1].fp_wanted);
}

}  // namespace

Schedules::Schedules(Scene& scene, Snapshot const& state, Scene::Event first, Scene::Event second,
                     unsigned most_switches)
    : scene_{scene}, state_{state}, events_{first, second}, most_switches_{most_switches}
{
}

void Schedules::report(Access const& access)
{
    if (!machine.runs_kernel() || !is_kernels(access.address))
        return;
    if (current->is_recording_)
        current->record(access);
    else
        current->pass(access);
}

void Schedules::record(Access const& access)
{
    unsigned const which = running_hart->index == events_[0].hart ? 0 : 1;
    touched_[which][access.address / word_bytes] |= access.writes ? 2u : 1u;
}

bool Schedules::is_point(Access const& access) const
{
    if (conflicts_.count(access.address / word_bytes) == 0)
        return false;
    unsigned const which = running_hart->index == events_[0].hart ? 0 : 1;
    if (has_finished(1 - which))
        return false;
    bool const other_is_short =
        machine.in_fast_path[events_[1 - which].hart] || (which == 1 && !started_[0]);
    return machine.in_fast_path[running_hart->index] || other_is_short;
}

void Schedules::pass(Access const& access)
{
    if (switches_ == most_switches_ || !is_point(access))
        return;
    if (passed_ == choices_.size())
        choices_.push_back(false);
    if (!choices_[passed_++])
        return;
    switches_++;
    is_in_access_hook = false;  // the other hart's accesses count
    machine.set_aside();
    is_in_access_hook = true;
}

void Schedules::prepare()
{
    state_.restore();
    machine.defers = true;
    for (Scene::Event const event : events_)
        scene_.play(event);
    machine.defers = false;
    started_[0] = started_[1] = false;
    passed_ = switches_ = 0;
}

bool Schedules::has_finished(unsigned which) const
{
    return started_[which] && machine.states[events_[which].hart].mode != Mode::inside;
}

void Schedules::run(unsigned which)
{
    Hart& hart = system.harts[events_[which].hart];
    if (!std::exchange(started_[which], true))
        machine.begin(hart, machine.deferred[hart.index]);
    else
        machine.go_on(hart);
}

// What each of them uses, in either order.
void Schedules::find_conflicts()
{
    current = this;
    is_recording_ = true;
    access_hook = report;
    for (unsigned starter : {0u, 1u}) {
        prepare();
        run(starter);
        if (has_finished(starter))
            run(1 - starter);
        machine.settle();
    }
    access_hook = nullptr;
    is_recording_ = false;
    for (auto const& [word, use] : touched_[0]) {
        auto const other = touched_[1].find(word);
        if (other != touched_[1].end() && ((use | other->second) & 2) != 0 && !is_waited_for(word))
            conflicts_.insert(word);
    }
}

void Schedules::play(unsigned starter)
{
    prepare();
    access_hook = report;
    constexpr unsigned most_turns = 1000;
    unsigned which = starter;
    for (unsigned turn = 0; !has_finished(0) || !has_finished(1); turn++) {
        if (turn == most_turns)
            broken("two harts wait for each other");
        if (has_finished(which))
            which = 1 - which;
        if (has_finished(1 - which) && started_[which]) {
            access_hook = nullptr;
            machine.settle();  // the other one may have to come in once more
            break;
        }
        run(which);
        which = 1 - which;
    }
    access_hook = nullptr;
    machine.settle();
}

bool Schedules::advance()
{
    choices_.resize(std::min(choices_.size(), passed_));
    while (!choices_.empty() && choices_.back())
        choices_.pop_back();
    if (choices_.empty())
        return false;
    choices_.back() = true;
    return true;
}

std::string Schedules::description() const
{
    std::string text = "  " + Scene::describe(events_[0]) + " while " +
                       Scene::describe(events_[1]) + "; switches at points";
    for (std::size_t i = 0; i < choices_.size(); i++)
        if (choices_[i])
            text += " " + std::to_string(i);
    return text + " of " + std::to_string(choices_.size()) + "\n";
}

}  // namespace model
