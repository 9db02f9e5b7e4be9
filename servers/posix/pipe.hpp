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

    // A pipe with a name of the file server's.
    struct Opening {
        Service& service;
        std::uint32_t volume;
        std::uint64_t inode;
        ProcessNumber opener;
        bool non_blocking;
    };
    // An end of it, for reading or writing. Errors: no_terminal (to write when nobody reads, and
    // without waiting), interrupted; also later
    static Result<File> open(Opening const& opening, Access access);

    void interrupt(ProcessNumber waiter) override;

private:
    class Reader;
    class Writer;

    static constexpr std::size_t capacity = 65536;
    static constexpr std::size_t whole_bytes = 4096;  // PIPE_BUF

    // Who waits for somebody at the other end.
    struct WaitingOpener {
        sys::Reply<Posix::OpenFifoCall> reply;
        File end;
        ProcessNumber opener;
        Access access;
    };

    explicit Pipe(Service& service) : service_{service} { service_.interruptibles.add(*this); }
    ~Pipe();

    static Result<Pipe*> find_or_make(Opening const& opening);
    template <class End>
    Result<File> make_end(unsigned& count);
    Result<File> enter(Opening const& opening, Access access);
    void welcome(Access arrived);
    void end_if_unused();

    // Errors: would_block (it has to wait), broken_pipe; those of leases
    Result<std::uint32_t> try_read(sys::LeaseOut const& buffer);
    Result<std::uint32_t> try_write(sys::LeaseIn const& data);
    Result<std::uint32_t> moved(Result<std::uint32_t> const& count, std::uint16_t change);
    void advance(std::uint16_t changes);

    std::uint16_t reader_events() const;
    std::uint16_t writer_events() const;
    void leave(unsigned& count);

    Service& service_;
    ByteQueue<capacity> bytes_;
    WaitingReads reads_;
    WaitingWrites writes_;
    Watchers watchers_;
    unsigned readers_ = 0;
    unsigned writers_ = 0;
    bool had_writer_ = false;
    std::uint32_t volume_ = 0;  // with inode_, whose content it is; of one without a name: 0
    std::uint64_t inode_ = 0;
    std::vector<WaitingOpener> openers_;
};

}  // namespace posix
