// A pseudo-terminal: a terminal with a program at its other end, which has the master's file.
#pragma once
#include "servers/posix/terminal_requests.hpp"
#include "servers/posix/waiting_transfers.hpp"
#include "servers/posix/watchers.hpp"

namespace posix {

class PseudoTerminal final : public TerminalDevice, public Interruptible {
public:
    // The master. It lives as long as it or a file of the terminal is open.
    // Errors: no_memory, no_handles, no_space (there are too many)
    static Result<File> create(Service& service);

    std::uint32_t number() const { return number_; }
    bool has_master() const { return has_master_; }
    TerminalCore& terminal() { return terminal_; }

    void output_changed() override;
    void input_taken() override;
    void session_changed() override {}
    void interrupt(ProcessNumber waiter) override;

private:
    class Master;

    PseudoTerminal(Service& service, std::uint32_t number);
    ~PseudoTerminal();

    // Errors: would_block (it has to wait), io_error (nobody has the terminal open any more)
    Result<std::uint32_t> try_read(sys::LeaseOut const& buffer);
    Result<std::uint32_t> try_write(sys::LeaseIn const& data);
    std::uint16_t events() const;
    void master_closed();

    Service& service_;
    std::uint32_t const number_;
    TerminalCore terminal_;
    WaitingReads reads_;
    WaitingWrites writes_;
    Watchers watchers_;
    bool has_master_ = true;
};

}  // namespace posix
