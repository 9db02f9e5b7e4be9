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
    for (std::uint64_t i = 0; i < process.caps.slots() && count < most; i++) {
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

}  // namespace model
