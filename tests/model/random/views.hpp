// What threads see of the kernel: that registers are kept or cleared as documented, that each call
// comes back once and with the right answer.
#pragma once
#include "tests/model/world/world.hpp"
#include <vector>

namespace model {

// tp names the thread's view: the kernel never changes it.
struct View {
    enum class Phase { unborn, user, trapped, in_call };

    Thread* thread = nullptr;
    Phase phase = Phase::unborn;
    Frame saved{};               // the registers with which it left user mode
    std::uint64_t token = 0;     // what its last call said
    std::uint64_t request = 0;   // of a worker: what its caller has said
    bool asks_again = false;     // a system call did not happen, and is to be repeated
    std::uint64_t fp_value = 0;  // what it has in its floating-point registers
};

class Views : public Observer {
public:
    void clear() { views_.assign(1, View{}); }
    std::uint64_t new_view();
    View& of(Thread const& thread) { return at(thread.x[kernel::reg::tp]); }
    View& at(std::uint64_t number);

    // What a server answers to what it was asked.
    static std::uint64_t reply_to(std::uint64_t token) { return token * 3 + 1; }

    void leaves_user_mode(Hart& hart, Trap trap) override;
    void enters_user_mode(Hart& hart) override;

    // Where the handlers of threads begin that take upcalls, and with which tp. They take the bits
    // and return, so that nobody sees anything of it.
    static constexpr std::uint64_t handler_pc = 0x48000;
    static constexpr std::uint64_t handler_tp = 0x49000;

    std::uint64_t calls_answered = 0;
    std::uint64_t upcalls_taken = 0;

private:
    void be_handler(Thread& thread, Frame& user);
    void check_start(View& view, Frame const& user);
    void check_return(View& view, Frame const& user);

    std::vector<View> views_{1};
};

}  // namespace model
