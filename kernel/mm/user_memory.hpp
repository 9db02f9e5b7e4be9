// The only way to user memory: through the page tables, page by page, never by its address.
#pragma once
#include "kernel/mm/address_space.hpp"
#include <algorithm>
#include <cstring>
#include <span>

namespace kernel {

// Copies between two address spaces (or within one). Errors: bad_address, no_memory; bytes before
// the failing page have been copied.
Result<> copy_user(AddressSpace& to, VirtAddr to_address, AddressSpace& from, VirtAddr from_address,
                   std::uint64_t bytes);

Result<> read_user(AddressSpace& space, VirtAddr address, std::span<std::byte> into);
Result<> write_user(AddressSpace& space, VirtAddr address, std::span<std::byte const> from);

// The address of a T in a user program, which may or may not be there.
template <class T>
class UserPointer {
public:
    UserPointer(AddressSpace& space, VirtAddr address) : space_{space}, address_{address} {}

    Result<T> read() const
    {
        T value;
        TRY(read_user(space_, address_, std::as_writable_bytes(std::span{&value, 1})));
        return value;
    }
    Result<> write(T const& value) const
    {
        return write_user(space_, address_, std::as_bytes(std::span{&value, 1}));
    }

private:
    AddressSpace& space_;
    VirtAddr address_;
};

}  // namespace kernel
