// The simulated machine: harts that run the kernel one after another, in virtual time.
//
// Between two steps each hart is in user mode or asleep, so nothing is on any kernel stack. A step
// is one entry into the kernel; a hart that waits for another one meanwhile (a lock, a grace
// period) is set aside until that one has gone on.
#pragma once
#include "kernel/kernel.hpp"
#include <functional>
#include <stdexcept>
#include <string>

namespace model {

using kernel::Frame;
using kernel::Hart;
using kernel::Thread;

// Something does not hold.
struct Broken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

enum class Mode : std::uint32_t { user, asleep, inside };

// The way in which a thread left user mode.
enum class Trap : std::uint32_t { system_call, interrupt };

// What a hart has beside its control registers.
struct HartState {
    Mode mode = Mode::inside;
    Frame user{};  // the registers in user mode; x0 is the pc
    kernel::FpState fp{};
};

// Is told of each way from user mode and back, on any hart.
struct Observer {
    virtual void leaves_user_mode(Hart&, Trap) {}
    virtual void enters_user_mode(Hart&) {}
    virtual ~Observer() = default;
};

class Machine {
public:
    HartState states[kernel::max_harts];
    Observer* observer = nullptr;
    unsigned first = 0;  // which hart goes first where several could
    bool log_console = false;

    HartState& state(Hart const& hart) { return states[hart.index]; }
    bool is_in_user_mode(Hart const& hart) { return state(hart).mode == Mode::user; }
    // Whether a hart is in the kernel at this moment, and not who simulates it.
    bool runs_kernel() const { return runs_kernel_; }
    // Whether the hart would trap, or wake up.
    bool has_interrupt(Hart const& hart) const;

    // Each of these is one step. The current thread of `hart` makes the system call that its
    // registers describe; a7 is the number.
    void system_call(Hart& hart);
    // It takes the most urgent interrupt that is pending.
    void interrupt(Hart& hart);
    // It faults.
    void fault(Hart& hart, std::uint64_t cause, std::uint64_t address);
    // The kernel does `action` on the hart, in between, with the lock held.
    void perform(Hart& hart, std::function<void()> action);

    // The parts of a step, for who wants something else in between.
    void begin(Hart& hart, void (*entry)());
    void go_on(Hart& hart);
    void settle();

    // While this is set, steps are prepared but not run: for who runs several at once.
    bool defers = false;
    void (*deferred[kernel::max_harts])() = {};
    // Whether the hart is in fast_call() or fast_reply().
    bool in_fast_path[kernel::max_harts] = {};

    // For the kernel's side of the machine.
    void leave(Hart& hart, Mode mode);
    void set_aside();
    [[noreturn]] void break_off(std::string reason);

private:
    void check_broken();
    bool try_to_move(Hart& hart);

    bool runs_kernel_ = false;
    bool is_broken_ = false;
    std::string reason_;
};

extern Machine machine;

// The system call that `hart` is to make next; missing arguments are 0.
void set_call(Hart& hart, abi::Syscall number, std::initializer_list<std::uint64_t> arguments);

// What trap.S does.
void enter_by_system_call();
void enter_by_interrupt();
void enter_by_waking();
// What it does first when a thread did not ask for the trap.
void save_registers(Hart& hart);

}  // namespace model
