// What the process does about each signal.
#pragma once
#include "libc/posix/signal_set.hpp"
#include <array>

namespace posix {

// As musl hands it to the system (libc/musl/overlay/arch/riscv64/ksigaction.h).
struct SignalAction {
    std::uint64_t handler = 0;  // SIG_DFL, SIG_IGN or an address
    unsigned long flags = 0;
    std::uint64_t restorer = 0;
    SignalSet mask = 0;
};

enum class Disposition { terminate, stop, ignore, handle };

class SignalActions {
public:
    SignalAction const& of(int signal) const { return actions_[index(signal)]; }
    void set(int signal, SignalAction const& action) { actions_[index(signal)] = action; }
    void reset(int signal) { actions_[index(signal)].handler = 0; }

    Disposition disposition(int signal) const;

    // Those that need not even be sent.
    SignalSet ignored() const;

    // After exec: those that are ignored stay so.
    void ignore(SignalSet signals);

private:
    static std::size_t index(int signal) { return static_cast<std::size_t>(signal - 1); }

    std::array<SignalAction, _NSIG - 1> actions_{};
};

SignalActions& signal_actions();

}  // namespace posix
