// Chooses among the handles that a process has.
#pragma once
#include "tests/model/world/world.hpp"

namespace model {

inline constexpr HandleValue no_handle = 0xffff'fff0;

inline HandleValue pick(Process const& process, kernel::ObjectType type, std::uint32_t number)
{
    constexpr std::size_t most = 16;
    HandleValue found[most];
    std::uint32_t count = 0;
    for (std::uint64_t i = 0; i < process.caps.fresh_ && count < most; i++) {
        kernel::Capability const& entry = process.caps.table()[i];
        if (entry.handle != kernel::CapSpace::free_mark(i) && entry.object->type() == type)
            found[count++] = entry.handle;
    }
    return count == 0 ? no_handle : found[number % count];
}

inline HandleValue pick_any(Process const& process, std::uint32_t number)
{
    constexpr std::uint32_t types = 10;
    return pick(process, static_cast<kernel::ObjectType>(number % types), number / types);
}

// What a pool does when a slice runs out in it, and with callers: one of them, or nothing special.
inline std::uint64_t flags_of(std::uint32_t number)
{
    constexpr abi::PoolFlags flags[] = {abi::PoolFlags::queue,        abi::PoolFlags::own_slice,
                                        abi::PoolFlags::refuse,       abi::PoolFlags::move_overrun,
                                        abi::PoolFlags::owe_overrun,  abi::PoolFlags::queue,
                                        abi::PoolFlags::move_overrun, abi::PoolFlags::queue};
    return std::to_underlying(flags[number % std::size(flags)]);
}

}  // namespace model
