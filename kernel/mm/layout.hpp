// The address map: what the kernel sees where, and what belongs to user programs.
//
//   0x0000_0000_0000_0000   user; the first 64 KiB are never mapped
//   0xffff_ffc0_0000_0000   direct map: physical address 0 onwards, never executable
//   0xffff_ffff_8000_0000   kernel image
#pragma once
#include "abi/syscall.hpp"
#include "lib/base/strong.hpp"
#include <cstddef>
#include <cstdint>

namespace kernel {

using PhysAddr = Strong<struct PhysAddrTag>;
using VirtAddr = std::uint64_t;  // of a user program, or of a device: never dereferenced as it is

using abi::page_size;

inline constexpr VirtAddr user_begin = 0x10000;
inline constexpr VirtAddr user_end = 0x40'0000'0000;         // 256 GiB, what Sv39 gives
inline constexpr VirtAddr user_free_begin = 0x10'0000'0000;  // where map() looks for room
inline constexpr std::uint64_t direct_map = 0xffff'ffc0'0000'0000;
inline constexpr std::uint64_t image_base = 0xffff'ffff'8000'0000;

template <class T>
T* direct(PhysAddr address)
{
    return reinterpret_cast<T*>(address.value + direct_map);
}

inline PhysAddr physical(void const* pointer)
{
    return PhysAddr{reinterpret_cast<std::uint64_t>(pointer) - direct_map};
}

constexpr std::uint64_t round_down(std::uint64_t value, std::uint64_t unit)
{
    return value & ~(unit - 1);
}
constexpr std::uint64_t round_up(std::uint64_t value, std::uint64_t unit)
{
    return round_down(value + unit - 1, unit);
}

// True if [address, address + pages) is page-aligned and wholly in user space.
constexpr bool is_user_range(VirtAddr address, std::uint64_t pages)
{
    return address % page_size == 0 && address >= user_begin && address < user_end && pages != 0 &&
           pages <= (user_end - address) / page_size;
}

}  // namespace kernel
