// The threads that carry bytes between the machine's console and its terminal.
#pragma once
#include "generated/interfaces/console.hpp"
#include "servers/posix/terminal.hpp"

namespace posix {

class ConsoleLine final : public TerminalLine::Server {
public:
    ConsoleLine(Console const& console, TerminalServer& terminal)
        : console_{console}, terminal_{terminal}
    {
    }

    // Starts the threads, which run as long as the program. Errors: no_memory, no_handles
    Result<> start(sys::Pool const& pool);

    Result<> wait_for_session() override;
    Result<> received(sys::LeaseIn data) override;
    Result<std::uint32_t> to_send(sys::LeaseOut buffer) override;

private:
    void carry_input() const;
    void carry_output() const;

    Console const& console_;
    TerminalServer& terminal_;
    TerminalLine line_;
};

}  // namespace posix
