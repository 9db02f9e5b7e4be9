// A 16550 for tests. Its transmitter holds `transmitter_room` bytes until they are drained.
#pragma once
#include "servers/drivers/ns16550/registers.hpp"
#include "tests/unit/driver/simulated_device.hpp"
#include <deque>
#include <string>

class SimulatedUart final : public SimulatedDevice {
public:
    std::deque<std::uint8_t> arrived;
    bool lost_bytes = false;
    std::string sent;
    std::size_t transmitter_room = ~std::size_t{0};
    bool has_fifos = true;
    std::size_t shift = 0;
    std::size_t width = 1;
    std::uint8_t interrupt_enable = 0xff;

    void type(std::string const& text) { arrived.insert(arrived.end(), text.begin(), text.end()); }

    // Whether the interrupt line is raised.
    bool interrupts() const
    {
        bool can_take = transmitter_room != 0;
        return (!arrived.empty() && (interrupt_enable & registers::enable_received) != 0) ||
               (can_take && (interrupt_enable & registers::enable_transmitter_empty) != 0);
    }

    std::uint32_t load(std::size_t offset, std::size_t width_bytes) override
    {
        if (width_bytes != width || offset % (std::size_t{1} << shift) != 0)
            return 0xff;
        switch (offset >> shift) {
        case registers::receive_buffer:
            return take_arrived();
        case registers::interrupt_identification:
            return has_fifos ? registers::fifos_work : 0;
        case registers::line_status:
            return line_status();
        default:
            return 0;
        }
    }

    void store(std::size_t offset, std::size_t width_bytes, std::uint32_t value) override
    {
        if (width_bytes != width)
            return;
        if (offset >> shift == registers::interrupt_enable)
            interrupt_enable = static_cast<std::uint8_t>(value);
        if (offset >> shift == registers::transmit_holding && transmitter_room != 0) {
            sent += static_cast<char>(value);
            --transmitter_room;
        }
    }

private:
    std::uint32_t take_arrived()
    {
        if (arrived.empty())
            return 0;
        auto byte = arrived.front();
        arrived.pop_front();
        return byte;
    }

    // The transmitter counts as empty if a whole FIFO fits.
    std::uint32_t line_status()
    {
        std::size_t needed = has_fifos ? registers::fifo_bytes : 1;
        std::uint32_t status = arrived.empty() ? 0 : registers::data_ready;
        if (transmitter_room >= needed)
            status |= registers::transmitter_empty;
        if (std::exchange(lost_bytes, false))
            status |= registers::overrun;
        return status;
    }
};
