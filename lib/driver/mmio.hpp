// Device registers as types: an offset, a width, an access, and named fields.
//
// A read of a write-only register, or a write of a read-only one, does not compile. Names and
// offsets are copied from the device's manual.
#pragma once
#include "lib/machine/mmio.hpp"
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace driver {

enum class Access { read_only, write_only, read_write };

template <std::size_t Offset, Access Mode, std::unsigned_integral Value = std::uint32_t>
struct Register {
    using value_type = Value;
    static constexpr std::size_t offset = Offset;
    static constexpr bool readable = Mode != Access::write_only;
    static constexpr bool writable = Mode != Access::read_only;
};

// Bits [High:Low] of a register, as the manual prints them.
template <unsigned High, unsigned Low = High>
struct Field {
    static_assert(Low <= High && High < 64);
    static constexpr std::uint64_t mask = (~0ull >> (63 - High + Low)) << Low;
    static constexpr std::uint64_t get(std::uint64_t reg) { return (reg & mask) >> Low; }
    static constexpr std::uint64_t put(std::uint64_t v) { return (v << Low) & mask; }
};
static_assert(Field<7, 4>::mask == 0xf0 && Field<7, 4>::get(0xa5) == 0xa && Field<0>::put(3) == 1);

// The registers of one device, mapped at an address of this process.
class MmioRegion {
public:
    explicit MmioRegion(std::uintptr_t base) : base_{base} {}

    template <class R>
        requires(R::readable)
    auto read() const
    {
        return load<typename R::value_type>(R::offset);
    }

    template <class R>
        requires(R::writable)
    void write(typename R::value_type value) const
    {
        store<typename R::value_type>(R::offset, value);
    }

    // For offsets that only the device tree or the device itself knows.
    template <std::unsigned_integral Value>
    Value load(std::size_t offset) const
    {
        return mmio_load<Value>(base_ + offset);
    }

    template <std::unsigned_integral Value>
    void store(std::size_t offset, Value value) const
    {
        mmio_store<Value>(base_ + offset, value);
    }

private:
    std::uintptr_t base_;
};

}  // namespace driver
