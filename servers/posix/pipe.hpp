// A pipe: bytes on their way from one open file to another.
#pragma once
#include "generated/interfaces/posix.hpp"
#include "servers/posix/byte_queue.hpp"
#include "servers/posix/stream_file.hpp"
#include "servers/posix/waiting_transfers.hpp"
#include "servers/posix/watchers.hpp"

namespace posix {

class Pipe final : public Interruptible {
public:
    // Two ends, each of which lives as long as it has clients. Errors: no_memory, no_handles
    static Result<Posix::PipeResults> create(Service& service);

    void interrupt(ProcessNumber waiter) override;

private:
    class Reader;
    class Writer;

    static constexpr std::size_t capacity = 65536;
    static constexpr std::size_t whole_bytes = 4096;  // PIPE_BUF

    explicit Pipe(Service& service) : service_{service} { service_.interruptibles.add(*this); }
    ~Pipe() { service_.interruptibles.remove(*this); }

    // Errors: would_block (it has to wait), broken_pipe; those of leases
    Result<std::uint32_t> try_read(sys::LeaseOut const& buffer);
    Result<std::uint32_t> try_write(sys::LeaseIn const& data);
    Result<std::uint32_t> moved(Result<std::uint32_t> const& count);
    void advance();
    template <class Waiting, class Move>
    bool serve(Waiting& waiting, Move const& move);

    std::uint16_t reader_events() const;
    std::uint16_t writer_events() const;
    void leave(bool& is_open);

    Service& service_;
    ByteQueue<capacity> bytes_;
    WaitingReads reads_;
    WaitingWrites writes_;
    Watchers watchers_;
    bool has_reader_ = true;
    bool has_writer_ = true;
};

}  // namespace posix
