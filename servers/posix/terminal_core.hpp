// TerminalCore: a terminal, whatever is at its other end: what is on its way in both directions,
// who waits for that, and the session that it controls. Programs reach it through TerminalFiles.
#pragma once
#include "generated/interfaces/posix.hpp"
#include "servers/posix/byte_queue.hpp"
#include "servers/posix/interruptible.hpp"
#include "servers/posix/line_discipline.hpp"
#include "servers/posix/service.hpp"
#include "servers/posix/terminal_device.hpp"
#include "servers/posix/waiting_transfers.hpp"
#include "servers/posix/watchers.hpp"

namespace posix {

class TerminalCore final : public Interruptible, public TerminalSide {
public:
    TerminalCore(Service& service, TerminalDevice& device);
    // No process knows it afterwards.
    ~TerminalCore();

    // Another open file of it. Errors: no_memory, no_handles, busy (exclusive, and open)
    Result<File> open(Access access, bool is_superuser);
    // Each open file counts from `open` until it is closed.
    std::size_t open_files() const { return open_files_; }
    bool is_left() const { return was_opened_ && open_files_ == 0; }
    void file_closed();

    // Reads and writes of programs. Errors: would_block (it has to wait), interrupted (the caller
    // is to be stopped), io_error (it may not, or there is no other end); those of leases
    Result<std::uint32_t> try_read(sys::LeaseOut const& buffer, ProcessNumber waiter);
    Result<std::uint32_t> try_write(sys::LeaseIn const& data, ProcessNumber waiter);
    Result<std::uint32_t> wait_to_read(sys::LeaseOut const& buffer, ProcessNumber waiter);
    Result<std::uint32_t> wait_to_write(sys::LeaseIn const& data, ProcessNumber waiter);
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification, std::uint64_t bits);

    TerminalModes const& modes() const { return discipline_.modes(); }
    // Errors: interrupted, io_error: as above
    Result<> set_modes(TerminalModes const& modes, bool drop_input, ProcessNumber process);
    ::Terminal::SizeResults size() const { return {.rows = rows_, .columns = columns_}; }
    void set_size(std::uint16_t rows, std::uint16_t columns);
    void drop(bool input, bool output);
    void set_exclusive(bool exclusive) { is_exclusive_ = exclusive; }

    // The session that it controls, by its first process; 0: none.
    ProcessNumber session() const { return session_; }
    void begin_session(ProcessNumber session);
    void end_session();
    // Errors: no_terminal (of nobody's session)
    Result<ProcessNumber> foreground() const;
    // Errors: no_terminal (not of the session of `process`), not_permitted, interrupted, io_error
    Result<> set_foreground(ProcessNumber group, ProcessNumber process);
    // Errors: not_permitted
    Result<> control(ProcessNumber process);

    // For the device.
    bool has_output() const { return !is_held_ && !output_.empty(); }
    Result<std::uint32_t> take_output(sys::LeaseOut const& buffer);
    std::size_t input_room() const { return discipline_.room(); }
    void receive(std::span<std::uint8_t const> bytes);
    // There is no other end any more, and never will be.
    void hang_up();

    void interrupt(ProcessNumber waiter) override;

    void show(std::uint8_t byte) override;
    void send(Signal signal) override;
    void hold_output(bool held) override;

private:
    static constexpr std::size_t output_bytes = 8192;

    // Ends the wait of the first reader: settings that say for how long.
    class ReadTimer final : public Timed {
    public:
        explicit ReadTimer(TerminalCore& core) : core_{core} {}
        void due(sys::Ticks) override { core_.end_first_read(); }

    private:
        TerminalCore& core_;
    };

    Result<> check_turn(ProcessNumber waiter, Signal signal) const;
    Result<std::uint32_t> read_ready(sys::LeaseOut const& buffer);
    Result<std::uint32_t> put_from(sys::LeaseIn const& data);
    void send_to_group(ProcessNumber group, Signal signal) const;
    bool is_group_of_session(ProcessNumber group) const;
    void advance();
    void time_first_read(bool has_begun);
    void end_first_read();
    std::uint16_t events() const;

    Service& service_;
    TerminalDevice& device_;
    LineDiscipline discipline_{*this};
    ByteQueue<output_bytes> output_;
    WaitingReads reads_;
    WaitingWrites writes_;
    Watchers watchers_;
    ReadTimer read_timer_{*this};
    std::size_t open_files_ = 0;
    ProcessNumber session_ = 0;
    ProcessNumber foreground_ = 0;
    std::uint16_t rows_ = 24;
    std::uint16_t columns_ = 80;
    bool was_opened_ = false;
    bool is_held_ = false;
    bool is_hung_up_ = false;
    bool is_exclusive_ = false;
};

}  // namespace posix
