// Page table entries of Sv39 (RISC-V Privileged Architecture, section 4.4).
#pragma once
#include "kernel/mm/layout.hpp"
#include <atomic>

namespace kernel::arch {

struct Pte {
    static constexpr std::uint64_t valid = 1 << 0;
    static constexpr std::uint64_t read = 1 << 1;
    static constexpr std::uint64_t write = 1 << 2;
    static constexpr std::uint64_t execute = 1 << 3;
    static constexpr std::uint64_t user = 1 << 4;
    static constexpr std::uint64_t global = 1 << 5;
    static constexpr std::uint64_t accessed = 1 << 6;
    static constexpr std::uint64_t dirty = 1 << 7;
    static constexpr std::uint64_t leaf_mask = read | write | execute;

    std::uint64_t bits;

    static Pte make(PhysAddr address, std::uint64_t flags)
    {
        return {(address.value >> 12) << 10 | flags | valid};
    }
    // A and D are set from the start: nobody reads them, and harts without Svadu would fault.
    static Pte leaf(PhysAddr address, std::uint64_t flags)
    {
        return make(address, flags | accessed | dirty);
    }
    // Whoever walks the tables meanwhile sees what the entry points to.
    void publish(Pte value) { std::atomic_ref{bits}.store(value.bits, std::memory_order_release); }
    // The hart may walk the tables meanwhile, and others may take rights from the entry.
    Pte load() { return {std::atomic_ref{bits}.load(std::memory_order_relaxed)}; }
    void keep(std::uint64_t mask)
    {
        std::atomic_ref{bits}.fetch_and(mask, std::memory_order_relaxed);
    }
    bool is_valid() const { return (bits & valid) != 0; }
    bool is_table() const { return (bits & (leaf_mask | valid)) == valid; }
    bool allows(std::uint64_t flags) const { return (bits & flags) == flags; }
    PhysAddr address() const { return PhysAddr{(bits >> 10 & ((1ull << 44) - 1)) << 12}; }
};

struct PageTable {
    static constexpr std::size_t entries = 512;
    Pte entry[entries];

    // What an entry in a table of `level` spans.
    static constexpr std::uint64_t bytes(unsigned level) { return page_size << 9 * level; }
    // The index into the table of `level` (2 is the root) that translates `address`.
    static std::size_t index(std::uint64_t address, unsigned level)
    {
        return address >> (12 + 9 * level) & (entries - 1);
    }
};

}  // namespace kernel::arch
