// Plays steps on a world: from any numbers it makes something that a program could do.
#pragma once
#include "tests/model/check/checker.hpp"
#include "tests/model/random/op.hpp"
#include "tests/model/random/views.hpp"
#include <optional>

namespace model {

// What a world begins with.
struct Setup {
    unsigned harts = 1;
    unsigned servers = 1;
    unsigned clients = 2;
    unsigned workers = 1;          // of each server
    std::uint32_t priorities = 2;  // how many different ones
};

class Player {
public:
    explicit Player(Setup const& setup);
    ~Player() { machine.observer = nullptr; }
    Player(Player const&) = delete;

    void play(Op const& op);
    // Ends all processes, lets the grace period pass, and looks for what is left.
    void finish();

    Views views;

private:
    using Arguments = std::initializer_list<std::uint64_t>;

    void play_on(Hart& hart, Op const& op);
    void do_call(Hart& hart, abi::Syscall number, Arguments arguments);
    void call(Hart& hart, Op const& op);
    void reply(Hart& hart, Op const& op);
    void complete(Hart& hart, Op const& op);
    void create_thread(Hart& hart, Op const& op);
    void memory(Hart& hart, Op const& op);
    void fault(Hart& hart, Op const& op);
    void use_fp(Hart& hart, Op const& op);
    void schedule(Hart& hart, Op const& op);
    void upcall(Hart& hart, Op const& op);
    std::uint64_t prepare_message(Thread const& thread, Op const& op);
    std::uint64_t prepare_call(Thread const& thread, Op const& op);

    void spawn(Op const& op);
    void fill(Process& process, Op const& op);
    void grant(Op const& op);
    void end(Op const& op);
    void forget_ended();

    Process* find_process(std::uint32_t number) const;
    std::uint32_t process_count() const;
    abi::ThreadParameters parameters_for(Process const& process, HandleValue pool,
                                         std::uint32_t priority);

    Setup setup_;
    std::optional<World> world_;
    Stock stock_{};
};

}  // namespace model
