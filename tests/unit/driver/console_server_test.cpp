// The serial line's driver: server, UART and a simulated device together.
#include "lib/serial/console_server.hpp"
#include "servers/drivers/ns16550/uart.hpp"
#include "tests/unit/driver/simulated_kernel.hpp"
#include "tests/unit/driver/simulated_uart.hpp"
#include <gtest/gtest.h>

namespace {

constexpr std::uint64_t interrupt = driver::Device::interrupt_bit;

std::vector<std::byte> bytes_of(std::string const& text)
{
    auto const* first = reinterpret_cast<std::byte const*>(text.data());
    return {first, first + text.size()};
}
std::string text_of(std::vector<std::byte> const& bytes)
{
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

struct ConsoleServerTest : testing::Test {
    SimulatedKernel kernel;
    SimulatedUart simulated;
    sys::Environment environment{{}};
    driver::Device device =
        (kernel.grant_device(simulated), driver::Device::create(environment).value());
    Uart uart = Uart::create(device.registers(), device.parameters()).value();
    serial::ConsoleServer server{device, uart};

    ConsoleServerTest() { uart.start(); }

    Result<std::uint32_t> read(std::size_t length)
    {
        kernel.arrive(std::vector<std::byte>(length));
        return server.read({0, 0, length});
    }
    Result<std::uint32_t> write(std::string const& text)
    {
        kernel.arrive(bytes_of(text));
        return server.write({0, 0, text.size()});
    }
    void type(std::string const& text)
    {
        simulated.type(text);
        while (simulated.interrupts())
            server.notified(interrupt);
    }
};

}  // namespace

TEST_F(ConsoleServerTest, writes_at_once_what_the_transmitter_takes)
{
    EXPECT_EQ(write("hello, world, this is more than a FIFO"), 38u);
    EXPECT_EQ(simulated.sent, "hello, world, this is more than a FIFO");
    EXPECT_EQ(write(""), 0u);
    EXPECT_EQ(kernel.detached_count(), 0u);
}

TEST_F(ConsoleServerTest, writes_at_most_a_page_at_once)
{
    EXPECT_EQ(write(std::string(10'000, 'x')), 4096u);
    EXPECT_EQ(simulated.sent.size(), 4096u);
}

TEST_F(ConsoleServerTest, answers_a_long_write_when_the_transmitter_has_it)
{
    simulated.transmitter_room = 16;
    std::string text = "0123456789abcdefghijklmnopqrstuvwxyz";
    EXPECT_EQ(write(text).error(), sys::later);
    EXPECT_EQ(write("second").error(), sys::later);
    EXPECT_EQ(simulated.sent, text.substr(0, 16));
    EXPECT_TRUE(simulated.interrupt_enable & registers::enable_transmitter_empty);

    for (int i = 0; i < 2; ++i) {
        EXPECT_FALSE(kernel.answer(0));
        simulated.transmitter_room = 16;
        server.notified(interrupt);
    }
    EXPECT_EQ(kernel.answer(0)->first_word, text.size());
    simulated.transmitter_room = 16;
    server.notified(interrupt);
    EXPECT_EQ(kernel.answer(1)->first_word, 6u);
    EXPECT_EQ(simulated.sent, text + "second");
    EXPECT_FALSE(simulated.interrupt_enable & registers::enable_transmitter_empty);
}

TEST_F(ConsoleServerTest, reads_what_has_arrived)
{
    type("abcdef");
    EXPECT_EQ(read(4), 4u);
    EXPECT_EQ(text_of(kernel.lease()), "abcd");
    EXPECT_EQ(read(4), 2u);
    EXPECT_EQ(read(0), 0u);
    EXPECT_EQ(kernel.completed_interrupts, 1);
}

TEST_F(ConsoleServerTest, answers_readers_in_their_order_when_bytes_arrive)
{
    EXPECT_EQ(read(2).error(), sys::later);
    EXPECT_EQ(read(8).error(), sys::later);
    type("xyz");
    EXPECT_EQ(kernel.answer(0)->first_word, 2u);
    EXPECT_EQ(text_of(kernel.lease_of(0)), "xy");
    EXPECT_EQ(kernel.answer(1)->first_word, 1u);
    EXPECT_EQ(text_of(kernel.lease_of(1)).substr(0, 1), "z");
}

TEST_F(ConsoleServerTest, a_reader_that_is_gone_takes_no_bytes)
{
    EXPECT_EQ(read(4).error(), sys::later);
    kernel.lease_status = Status::cancelled;
    type("abc");
    EXPECT_EQ(kernel.answer(0)->status, Status::cancelled);
    kernel.lease_status = Status::ok;
    EXPECT_EQ(read(4), 3u);
    EXPECT_EQ(text_of(kernel.lease()).substr(0, 3), "abc");
}

TEST_F(ConsoleServerTest, a_lease_that_faults_moves_nothing)
{
    kernel.lease_status = Status::lease_fault;
    EXPECT_EQ(write("text").error(), Status::lease_fault);
    EXPECT_EQ(simulated.sent, "");
    type("abc");
    EXPECT_EQ(read(4).error(), Status::lease_fault);
    kernel.lease_status = Status::ok;
    EXPECT_EQ(read(4), 3u);
}

TEST_F(ConsoleServerTest, counts_what_it_has_no_room_for)
{
    type(std::string(5000, 'a'));
    EXPECT_EQ(server.dropped_bytes(), 5000u - 4096u);
    EXPECT_TRUE(simulated.arrived.empty());
    std::size_t total = 0;
    for (auto count = read(1000); *count != 0 && total < 4096; count = read(1000))
        total += *count;
    EXPECT_EQ(total, 4096u);
}

TEST_F(ConsoleServerTest, limits_how_many_may_wait)
{
    for (std::size_t i = 0; i < 16; ++i)
        EXPECT_EQ(read(1).error(), sys::later);
    EXPECT_EQ(read(1).error(), Status::busy);
    EXPECT_EQ(kernel.detached_count(), 16u);
}

TEST_F(ConsoleServerTest, readers_that_are_gone_make_room)
{
    for (std::size_t i = 0; i < 16; ++i)
        EXPECT_EQ(read(1).error(), sys::later);
    kernel.lease_status = Status::cancelled;
    EXPECT_EQ(read(1).error(), sys::later);
    kernel.lease_status = Status::ok;
    type("a");
    EXPECT_EQ(kernel.answer(16)->first_word, 1u);
}

TEST(Uart, counts_overruns_of_the_device)
{
    SimulatedUart simulated;
    Uart uart = Uart::create(simulated.registers(), {}).value();
    uart.start();
    simulated.lost_bytes = true;
    EXPECT_FALSE(uart.receive());
    EXPECT_EQ(uart.overruns(), 1u);
}

TEST(Uart, sends_bytes_one_by_one_without_fifos)
{
    SimulatedUart simulated;
    simulated.has_fifos = false;
    simulated.transmitter_room = 1;
    Uart uart = Uart::create(simulated.registers(), {}).value();
    uart.start();
    EXPECT_EQ(uart.send(bytes_of("ab")), 1u);
    EXPECT_EQ(simulated.sent, "a");
}

TEST(Uart, finds_its_registers_where_the_board_has_put_them)
{
    SimulatedUart simulated;
    simulated.shift = 2;
    simulated.width = 4;
    driver::Parameters parameters{"registers-bytes=256 reg-shift=2 reg-io-width=4"};
    Uart uart = Uart::create(simulated.registers(), parameters).value();
    uart.start();
    EXPECT_EQ(uart.send(bytes_of("ok")), 2u);
    EXPECT_EQ(simulated.sent, "ok");
    simulated.type("!");
    EXPECT_EQ(uart.receive(), std::byte{'!'});
}

TEST(Uart, refuses_registers_that_cannot_be)
{
    SimulatedUart simulated;
    for (char const* text : {"reg-io-width=2", "reg-io-width=4", "reg-shift=9",
                             "registers-bytes=20 reg-shift=2", "reg-shift=18446744073709551615"})
        EXPECT_EQ(Uart::create(simulated.registers(), driver::Parameters{text}).error(),
                  Status::not_supported)
            << text;
}

TEST_F(ConsoleServerTest, signals_what_is_typed_to_interrupt)
{
    constexpr abi::HandleValue notification = 77;
    EXPECT_TRUE(server.interrupt_on(Notification{sys::Handle{notification}}));
    type("a\x03"
         "b");
    EXPECT_EQ(kernel.signalled[notification], 1u);
    EXPECT_EQ(read(4), 2u);
    EXPECT_EQ(text_of(kernel.lease()).substr(0, 2), "ab");

    EXPECT_TRUE(server.interrupt_on({}));
    EXPECT_TRUE(kernel.closed.contains(notification));
    type("\x03");
    EXPECT_EQ(read(4), 1u);
}
