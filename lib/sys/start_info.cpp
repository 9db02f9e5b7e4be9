#include "lib/sys/start_info.hpp"
#include <algorithm>

namespace sys {

std::span<abi::Grant const> granted()
{
    abi::StartInfo const& info = start_info();
    return std::span{info.grants}.first(
        std::min<std::uint64_t>(info.grant_count, abi::StartInfo::max_grants));
}

abi::HandleValue find_grant(std::string_view name)
{
    for (abi::Grant const& grant : granted())
        if (name == grant.name)
            return grant.handle;
    return 0;
}

std::string_view program_name()
{
    char const* name = start_info().name;
    return *name == 0 ? "init" : name;
}

}  // namespace sys
