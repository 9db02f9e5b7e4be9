// The machine's console as a terminal.
//
// Two threads of this program wait at its driver, one for what is typed and one for what is to be
// shown. They call this server like everybody else, so that nothing here runs concurrently.
#pragma once
#include "generated/interfaces/console.hpp"
#include "servers/posix/terminal_core.hpp"
#include <optional>

namespace posix {

class ConsoleLine final : public TerminalLine::Server, public TerminalDevice {
public:
    ConsoleLine(Service& service, Console const& console)
        : console_{console}, terminal_{service, *this}
    {
    }

    // Starts the threads, which run as long as the program. Errors: no_memory, no_handles
    Result<> start(sys::Pool const& pool);

    TerminalCore& terminal() { return terminal_; }

    // The session's first process has ended. `reply` goes when all that was written has been shown.
    void tell_end(sys::Reply<PosixSystem::RunCall> reply, WaitStatus status);

    Result<> wait_for_session() override;
    Result<> received(sys::LeaseIn data) override;
    Result<std::uint32_t> to_send(sys::LeaseOut buffer) override;

    void output_changed() override;
    void input_taken() override {}
    void session_changed() override;

private:
    struct WaitingOutput {
        sys::Reply<TerminalLine::ToSendCall> reply;
        sys::LeaseOut buffer;
    };
    struct End {
        sys::Reply<PosixSystem::RunCall> reply;
        WaitStatus status;
    };

    void carry_input() const;
    void carry_output() const;

    Console const& console_;
    TerminalCore terminal_;
    TerminalLine line_;
    std::optional<WaitingOutput> waiting_output_;
    std::optional<sys::Reply<TerminalLine::WaitForSessionCall>> waiting_for_session_;
    std::optional<End> end_;
};

}  // namespace posix
