// The other serial line: SiFive's UART below the same server.
#include "lib/serial/console_server.hpp"
#include "servers/drivers/sifive-uart/registers.hpp"
#include "servers/drivers/sifive-uart/sifive_uart.hpp"
#include "tests/unit/driver/simulated_device.hpp"
#include "tests/unit/driver/simulated_kernel.hpp"
#include <deque>
#include <gtest/gtest.h>

namespace {

using namespace sifive_uart;

// Its transmitter holds `room` bytes until they are drained; all accesses are of 32 bits.
class SimulatedSifiveUart final : public SimulatedDevice {
public:
    std::deque<std::uint8_t> arrived;
    std::string sent;
    std::size_t room = 8;
    std::uint32_t interrupt_enable = ~0u;
    std::uint32_t transmit_control = 0;
    std::uint32_t receive_control = 0;

    void drain() { room = 8; }

    bool interrupts() const
    {
        bool has_room = 8 - room < Level::get(transmit_control);
        bool has_bytes = arrived.size() > Level::get(receive_control);
        return (has_room && (interrupt_enable & transmitter_level) != 0) ||
               (has_bytes && (interrupt_enable & receiver_level) != 0);
    }

    std::uint32_t load(std::size_t offset, std::size_t width_bytes) override
    {
        EXPECT_EQ(width_bytes, 4u);
        if (offset == TransmitData::offset)
            return room == 0 ? full : 0;
        if (offset != ReceiveData::offset || arrived.empty())
            return empty;
        std::uint32_t byte = arrived.front();
        arrived.pop_front();
        return byte;
    }

    void store(std::size_t offset, std::size_t width_bytes, std::uint32_t value) override
    {
        EXPECT_EQ(width_bytes, 4u);
        if (offset == TransmitData::offset && (transmit_control & enable) != 0 && room != 0) {
            sent += static_cast<char>(value);
            --room;
        }
        if (offset == TransmitControl::offset)
            transmit_control = value;
        if (offset == ReceiveControl::offset)
            receive_control = value;
        if (offset == InterruptEnable::offset)
            interrupt_enable = value;
    }
};

struct SifiveUartTest : testing::Test {
    SimulatedKernel kernel;
    SimulatedSifiveUart simulated;
    sys::Environment environment{{}};
    driver::Device device =
        (kernel.grant_device(simulated), driver::Device::create(environment).value());
    SifiveUart uart = SifiveUart::create(device.registers(), {}).value();
    serial::ConsoleServer server{device, uart};

    SifiveUartTest() { uart.start(); }

    Result<std::uint32_t> write(std::string const& text)
    {
        auto const* first = reinterpret_cast<std::byte const*>(text.data());
        kernel.arrive({first, first + text.size()});
        return server.write({0, 0, text.size()});
    }
};

}  // namespace

TEST_F(SifiveUartTest, interrupts_for_received_bytes_only_once_it_is_started)
{
    EXPECT_FALSE(simulated.interrupts());
    simulated.arrived = {'a'};
    EXPECT_TRUE(simulated.interrupts());
    server.notified(driver::Device::interrupt_bit);
    EXPECT_FALSE(simulated.interrupts());
    kernel.arrive(std::vector<std::byte>(4));
    EXPECT_EQ(server.read({0, 0, 4}), 1u);
    EXPECT_EQ(kernel.lease()[0], std::byte{'a'});
}

TEST_F(SifiveUartTest, a_byte_of_all_ones_is_a_byte)
{
    simulated.arrived = {0xff};
    EXPECT_EQ(uart.receive(), std::byte{0xff});
    EXPECT_FALSE(uart.receive());
}

TEST_F(SifiveUartTest, a_long_write_goes_on_when_the_transmitter_is_empty)
{
    EXPECT_EQ(write("0123456789abcdef").error(), sys::later);
    EXPECT_EQ(simulated.sent, "01234567");
    EXPECT_FALSE(simulated.interrupts());
    simulated.drain();
    EXPECT_TRUE(simulated.interrupts());
    server.notified(driver::Device::interrupt_bit);
    EXPECT_EQ(kernel.answer(0)->first_word, 16u);
    EXPECT_EQ(simulated.sent, "0123456789abcdef");
    simulated.drain();
    EXPECT_FALSE(simulated.interrupts());
}

TEST_F(SifiveUartTest, refuses_registers_that_cannot_be)
{
    EXPECT_EQ(
        SifiveUart::create(device.registers(), driver::Parameters{"registers-bytes=16"}).error(),
        Status::not_supported);
}
