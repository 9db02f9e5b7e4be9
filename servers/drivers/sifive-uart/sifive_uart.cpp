#include "servers/drivers/sifive-uart/sifive_uart.hpp"
#include "servers/drivers/sifive-uart/registers.hpp"

using namespace sifive_uart;

Result<SifiveUart> SifiveUart::create(driver::MmioRegion registers,
                                      driver::Parameters const& parameters)
{
    if (parameters.number("registers-bytes").value_or(register_bytes) < register_bytes)
        return fail(Status::not_supported);
    return SifiveUart{registers};
}

// One stop bit, as firmware leaves it.
void SifiveUart::start()
{
    registers_.write<InterruptEnable>(0);
    registers_.write<TransmitControl>(enable | static_cast<std::uint32_t>(Level::put(1)));
    registers_.write<ReceiveControl>(enable | static_cast<std::uint32_t>(Level::put(0)));
    registers_.write<InterruptEnable>(receiver_level);
}

std::optional<std::byte> SifiveUart::receive()
{
    auto data = registers_.read<ReceiveData>();
    if ((data & empty) != 0)
        return std::nullopt;
    return std::byte(data & 0xff);
}

std::size_t SifiveUart::send(std::span<std::byte const> bytes)
{
    std::size_t sent = 0;
    while (sent < bytes.size() && (registers_.read<TransmitData>() & full) == 0)
        registers_.write<TransmitData>(std::to_integer<std::uint32_t>(bytes[sent++]));
    return sent;
}

void SifiveUart::interrupt_when_empty(bool enabled)
{
    registers_.write<InterruptEnable>(receiver_level | (enabled ? transmitter_level : 0));
}
