// Memory objects, and their pages mapped into this process.
#pragma once
#include "lib/sys/syscalls.hpp"

namespace sys {

constexpr std::uint64_t pages_for(std::uint64_t bytes)
{
    return bytes / abi::page_size + (bytes % abi::page_size != 0);
}

// Pages mapped into this process; unmapped at the end of its life. The memory object itself lives
// as long as anything maps it.
class [[nodiscard]] Mapping {
public:
    Mapping() = default;
    Mapping(Mapping&& other) noexcept
        : address_{std::exchange(other.address_, 0)},
          page_count_{std::exchange(other.page_count_, 0)}
    {
    }
    Mapping& operator=(Mapping other) noexcept
    {
        std::swap(address_, other.address_);
        std::swap(page_count_, other.page_count_);
        return *this;
    }
    ~Mapping();

    // Maps where there is room, unless the request names an address.
    static Result<Mapping> create(MapRequest const& request);

    std::byte* data() const { return reinterpret_cast<std::byte*>(address_); }
    std::size_t size_bytes() const { return page_count_ * abi::page_size; }
    std::span<std::byte> bytes() const { return {data(), size_bytes()}; }

    // The mapping stays for the rest of the program.
    std::span<std::byte> release() { return Mapping::forget(*this); }

private:
    Mapping(std::uint64_t address, std::uint64_t page_count)
        : address_{address}, page_count_{page_count}
    {
    }
    static std::span<std::byte> forget(Mapping& mapping)
    {
        auto const bytes = mapping.bytes();
        mapping.address_ = mapping.page_count_ = 0;
        return bytes;
    }

    std::uint64_t address_ = 0;
    std::uint64_t page_count_ = 0;
};

// A memory object that this process created or was given.
class [[nodiscard]] Memory {
public:
    Memory() = default;
    explicit Memory(Handle handle) : handle_{std::move(handle)} {}
    static Result<Memory> create(std::uint64_t page_count,
                                 abi::MemoryKind kind = abi::MemoryKind::anonymous)
    {
        return Memory{TRY(memory_create(kind, page_count))};
    }

    HandleValue handle() const { return handle_.value(); }
    Handle release() { return std::move(handle_); }
    Result<std::uint64_t> page_count() const { return memory_size(handle_.value()); }

    // All of it, into this process.
    Result<Mapping> map(ProtectionBits protection = protect_read | protect_write) const;

private:
    Handle handle_;
};

}  // namespace sys
