// What the kernel or init left for this program; it does not change during the program's life.
#pragma once
#include "lib/machine/start_info.hpp"
#include <span>
#include <string_view>

namespace sys {

std::span<abi::Grant const> granted();

// The handle that was granted under this name, or 0.
abi::HandleValue find_grant(std::string_view name);

std::string_view program_name();

}  // namespace sys
