// TerminalServer: a terminal, whatever device is behind it, and the session that it controls.
//
// Two threads of this program wait at the device, one for what is typed and one for what is to be
// shown. They call this server like everybody else, so that nothing here runs concurrently.
#pragma once
#include "generated/interfaces/console.hpp"
#include "generated/interfaces/posix.hpp"
#include "servers/posix/byte_queue.hpp"
#include "servers/posix/line_discipline.hpp"
#include "servers/posix/stream_file.hpp"
#include "servers/posix/waiting_transfers.hpp"
#include "servers/posix/watchers.hpp"
#include <optional>

namespace posix {

class TerminalServer final : public StreamFile<::Terminal::Server>,
                             public Interruptible,
                             public TerminalSide {
public:
    TerminalServer(Service& service, Console const& device);

    // Another handle of it. Errors: no_memory, no_handles
    Result<File> open() const;
    Result<> create_endpoint();

    // The session's first process has it; 0: nobody.
    ProcessNumber session() const { return session_; }
    void begin_session(ProcessNumber session);
    // `reply` goes when all that was written has been shown.
    void end_session(std::optional<sys::Reply<PosixSystem::RunCall>> reply, WaitStatus status);

    // What the threads at the device call.
    void received(std::span<std::uint8_t const> bytes);
    void wait_for_output(sys::Reply<TerminalLine::ToSendCall> reply, sys::LeaseOut buffer);
    void wait_for_session(sys::Reply<TerminalLine::WaitForSessionCall> reply);

    Result<std::uint32_t> read_next(sys::LeaseOut buffer, std::int32_t waiter) override;
    Result<std::uint32_t> write_next(sys::LeaseIn data, std::int32_t waiter) override;
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification,
                               std::uint64_t bits) override;
    Result<TerminalSettings> settings() override;
    Result<> set_settings(TerminalSettings const& settings, bool after_output,
                          bool drop_input) override;
    Result<::Terminal::SizeResults> size() override;
    Result<> set_size(std::uint16_t rows, std::uint16_t columns) override;
    Result<std::int32_t> foreground() override;
    Result<> set_foreground(std::int32_t group, std::int32_t process) override;
    Result<> control(std::int32_t process) override;
    Result<> drop(bool input, bool output) override;

    void interrupt(ProcessNumber waiter) override;

    void show(std::uint8_t byte) override;
    void send(Signal signal) override;
    void hold_output(bool held) override;

private:
    static constexpr std::size_t output_bytes = 8192;

    struct WaitingOutput {
        sys::Reply<TerminalLine::ToSendCall> reply;
        sys::LeaseOut buffer;
    };

    Result<> check_turn(ProcessNumber waiter, Signal signal) const;
    Result<std::uint32_t> read_ready(sys::LeaseOut const& buffer);
    Result<std::uint32_t> put_from(sys::LeaseIn const& data);
    void send_to_group(ProcessNumber group, Signal signal) const;
    void advance();
    void serve_output();
    void tell_end();
    std::uint16_t events() const;

    Console const& device_;
    Terminal endpoint_;
    LineDiscipline discipline_{*this};
    ByteQueue<output_bytes> output_;
    bool is_held_ = false;
    WaitingReads reads_;
    WaitingWrites writes_;
    Watchers watchers_;
    std::optional<WaitingOutput> waiting_output_;
    std::optional<sys::Reply<TerminalLine::WaitForSessionCall>> waiting_for_session_;
    std::optional<sys::Reply<PosixSystem::RunCall>> ended_;
    WaitStatus ended_status_ = 0;
    ProcessNumber session_ = 0;
    ProcessNumber foreground_ = 0;
    std::uint16_t rows_ = 24;
    std::uint16_t columns_ = 80;
};

}  // namespace posix
