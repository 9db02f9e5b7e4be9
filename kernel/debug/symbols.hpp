// The kernel's symbol table, which the build puts behind the read-only data (tools/make-symbols).
#pragma once
#include <cstdint>

namespace kernel::debug {

struct SymbolTable {
    struct Entry {
        std::uint32_t offset;  // of the function from `base`
        std::uint32_t name;    // offset into the names, which follow the entries
    };
    std::uint64_t base;
    std::uint32_t count;
    std::uint32_t name_bytes;

    Entry const* entries() const { return reinterpret_cast<Entry const*>(this + 1); }
    char const* names() const { return reinterpret_cast<char const*>(entries() + count); }
};

}  // namespace kernel::debug
