// A small system, and all that can happen in it next.
#pragma once
#include "tests/model/check/checker.hpp"
#include "tests/model/world/world.hpp"
#include <string>
#include <vector>

namespace model {

struct Scene {
    struct Setup {
        unsigned harts;
        unsigned clients;  // a process, a thread and a slice each
        unsigned workers;  // of one server
        unsigned priorities = 1;
    };

    enum class Act : std::uint8_t {
        interrupt,   // the hart takes what is pending
        next_timer,  // time goes on to the next timer of any hart
        call,
        reply,
        detach,
        complete,
        drop_record,
        wait,
        wait_a_moment,
        signal_pool,
        signal_clients,
        yield,
        close_door,
        revoke,
        thread_exit,
        exit,
        kill_server,
        kill_client,
    };
    struct Event {
        Act act;
        std::uint8_t hart;
    };

    explicit Scene(Setup const& setup);

    // What can happen now; each is a step that play() does.
    std::vector<Event> events() const;
    void play(Event event);
    // Ends everything that is left, and looks for what remains.
    void finish();

    static std::string describe(Event event);

private:
    void add_for(Hart const& hart, std::vector<Event>& events) const;
    void give_handles();

    World world_;
    Stock stock_ = take_stock();
    Process* server_ = nullptr;
    std::vector<Process*> clients_;
};

}  // namespace model
