// The kernel's own messages.
#include "kernel/debug/log.hpp"
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/sbi.hpp"
#include "kernel/kernel.hpp"

namespace kernel::debug {

void write(std::string_view text)
{
    for (char const byte : text)
        arch::sbi::write_console(byte);
}

void write(char const* text) { write(std::string_view{text}); }

void write(std::uint64_t number)
{
    char digits[20];
    std::size_t at = sizeof digits;
    do {
        digits[--at] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number != 0);
    write(std::string_view{digits + at, sizeof digits - at});
}

void write(Hex number)
{
    char digits[18] = {'0', 'x'};
    for (std::size_t i = 0; i < 16; i++)
        digits[2 + i] = "0123456789abcdef"[number.value >> (60 - 4 * i) & 0xf];
    write(std::string_view{digits, sizeof digits});
}

void begin_line()
{
    std::uint64_t const hz = system.timebase_hz != 0 ? system.timebase_hz : 1;
    std::uint64_t const milliseconds = (arch::Time::read() - system.boot_ticks) * 1000 / hz;
    std::uint64_t const seconds = milliseconds / 1000;
    std::uint64_t const fraction = milliseconds % 1000;
    write("[");
    for (std::uint64_t width = 10000; width > 1 && seconds < width; width /= 10)
        write(" ");
    print(seconds, ".", fraction < 100 ? "0" : "", fraction < 10 ? "0" : "", fraction,
          "] kernel: ");
}

}  // namespace kernel::debug
