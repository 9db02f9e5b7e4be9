// From addresses to names.
#include "kernel/debug/symbols.hpp"
#include "kernel/debug/log.hpp"
#include "kernel/debug/report.hpp"

// Empty in the first of the two links; the second one replaces it.
extern "C" {
[[gnu::weak, gnu::section(".symbols")]] extern kernel::debug::SymbolTable const kernel_symbols{};
}

namespace kernel::debug {

void print_symbol(std::uint64_t address)
{
    print(Hex{address});
    SymbolTable const* table = &kernel_symbols;
    asm("" : "+r"(table));  // the compiler must not look into the empty one
    if (table->count == 0 || address < table->base)
        return;
    std::uint32_t low = 0;
    std::uint32_t high = table->count;
    while (high - low > 1) {
        std::uint32_t const middle = (low + high) / 2;
        if (table->base + table->entries()[middle].offset <= address)
            low = middle;
        else
            high = middle;
    }
    print(" ", table->names() + table->entries()[low].name, " + ",
          address - table->base - table->entries()[low].offset);
}

}  // namespace kernel::debug
