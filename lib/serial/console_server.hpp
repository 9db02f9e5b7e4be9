// ConsoleServer: serves a Line as a Console.
//
// One worker takes calls and interrupts one at a time, so nothing here is locked, and the only
// place where the driver sleeps is the worker's wait for the next of either. Readers that find no
// bytes and writers that find the transmitter full wait as unanswered calls.
#pragma once
#include "generated/interfaces/console.hpp"
#include "lib/driver/device.hpp"
#include "lib/driver/waiting_calls.hpp"
#include "lib/serial/byte_ring.hpp"
#include "lib/serial/line.hpp"
#include "lib/sys/later.hpp"
#include "lib/sys/notification_handler.hpp"

namespace serial {

class ConsoleServer final : public Console::Server, public sys::NotificationHandler {
public:
    // The line is started before anybody calls.
    ConsoleServer(driver::Device const& device, Line& line) : device_{&device}, line_{&line} {}

    Result<std::uint32_t> read(sys::LeaseOut buffer) override;
    Result<std::uint32_t> write(sys::LeaseIn data) override;
    Result<> interrupt_on(Notification notification) override;
    Result<> stop_reading() override;

    void notified(std::uint64_t bits) override;

    // Bytes that were lost because nobody read for too long; the device counts its own.
    std::uint64_t dropped_bytes() const { return dropped_bytes_; }

private:
    static constexpr std::size_t input_bytes = 4096;
    static constexpr std::byte interrupt_byte{'C' & 0x1f};
    static constexpr std::size_t most_bytes_an_interrupt = 256;
    static constexpr std::size_t most_bytes_a_write = 4096;

    // A write that the transmitter took a part of.
    struct WaitingWrite {
        sys::Reply<Console::WriteCall> reply;
        sys::LeaseIn data;
        std::uint32_t sent;
    };
    struct WaitingRead {
        sys::Reply<Console::ReadCall> reply;
        sys::LeaseOut buffer;
    };

    static bool has_gone(WaitingRead const& reader);
    void receive_all();
    void answer_readers();
    void continue_writers();
    Result<std::uint32_t> take_input(sys::LeaseOut const& buffer);
    Result<std::uint32_t> send_from(sys::LeaseIn const& data, std::uint32_t start);

    driver::Device const* device_;
    Line* line_;
    Notification interrupt_;  // of no value: ^C is a byte like any other
    ByteRing<input_bytes> input_;
    driver::WaitingCalls<WaitingRead> readers_;
    driver::WaitingCalls<WaitingWrite> writers_;
    std::uint64_t dropped_bytes_ = 0;
};

}  // namespace serial
