// TerminalFile: an open file of a terminal, as the programs that are used at it have it.
#pragma once
#include "servers/posix/terminal_requests.hpp"

namespace posix {

class TerminalFile final : public TerminalRequests {
public:
    // Errors: no_memory, no_handles
    static Result<File> create(Service& service, TerminalCore& core, Access access);

    Result<Attributes> attributes() override;
    Result<std::uint32_t> read_next(sys::LeaseOut buffer, std::int32_t waiter) override;
    Result<std::uint32_t> write_next(sys::LeaseIn data, std::int32_t waiter) override;
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification,
                               std::uint64_t bits) override;
    void closed() override;

private:
    using TerminalRequests::TerminalRequests;
};

}  // namespace posix
