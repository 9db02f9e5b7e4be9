#include "servers/drivers/ns16550/uart.hpp"
#include "servers/drivers/ns16550/registers.hpp"
#include <algorithm>

Result<Uart> Uart::create(driver::MmioRegion region, driver::Parameters const& parameters)
{
    auto shift = parameters.number("reg-shift").value_or(0);
    auto width = parameters.number("reg-io-width").value_or(1);
    auto last_register_end = (registers::line_status << std::min<std::uint64_t>(shift, 8)) + width;
    bool is_known = (width == 1 || (width == 4 && shift >= 2)) && shift <= 8;
    if (!is_known || last_register_end > parameters.number("registers-bytes").value_or(8))
        return fail(Status::not_supported);
    return Uart{region, shift, width == 4};
}

void Uart::start()
{
    write(registers::interrupt_enable, 0);
    write(registers::line_control, registers::eight_bits_no_parity);
    write(registers::fifo_control, registers::fifo_enable);
    write(registers::modem_control,
          registers::terminal_ready | registers::request_to_send | registers::interrupt_line);
    auto identification = read(registers::interrupt_identification);
    bool has_fifos = (identification & registers::fifos_work) == registers::fifos_work;
    fifo_bytes_ = has_fifos ? registers::fifo_bytes : 1;
    empty_interrupts_ = false;
    write(registers::interrupt_enable, registers::enable_received);
}

void Uart::acknowledge_interrupt() { (void)read(registers::interrupt_identification); }

std::optional<std::byte> Uart::receive()
{
    auto status = read(registers::line_status);
    if ((status & registers::overrun) != 0)
        ++overruns_;
    if ((status & registers::data_ready) == 0)
        return std::nullopt;
    return std::byte{read(registers::receive_buffer)};
}

std::size_t Uart::send(std::span<std::byte const> bytes)
{
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        auto status = read(registers::line_status);
        if ((status & registers::overrun) != 0)  // reading cleared it
            ++overruns_;
        if ((status & registers::transmitter_empty) == 0)
            break;
        for (auto count = std::min(fifo_bytes_, bytes.size() - sent); count != 0; --count)
            write(registers::transmit_holding, std::to_integer<std::uint8_t>(bytes[sent++]));
    }
    return sent;
}

void Uart::interrupt_when_empty(bool enabled)
{
    if (enabled == empty_interrupts_)
        return;
    empty_interrupts_ = enabled;
    write(registers::interrupt_enable,
          registers::enable_received | (enabled ? registers::enable_transmitter_empty : 0));
}

std::uint8_t Uart::read(std::size_t number) const
{
    auto offset = number << shift_;
    return wide_ ? static_cast<std::uint8_t>(registers_.load<std::uint32_t>(offset))
                 : registers_.load<std::uint8_t>(offset);
}

void Uart::write(std::size_t number, std::uint8_t value) const
{
    auto offset = number << shift_;
    if (wide_)
        registers_.store<std::uint32_t>(offset, value);
    else
        registers_.store<std::uint8_t>(offset, value);
}
