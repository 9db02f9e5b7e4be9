#include "lib/sys/start_info.hpp"
#include <algorithm>
#include <span>

namespace sys {

abi::HandleValue find_grant(std::string_view name)
{
    abi::StartInfo const& info = start_info();
    for (abi::Grant const& grant : std::span{info.grants}.first(
             std::min<std::uint64_t>(info.grant_count, abi::StartInfo::max_grants)))
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
