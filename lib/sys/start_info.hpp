// What the kernel or init left for this program; it does not change during the program's life.
#pragma once
#include "abi/start_info.hpp"
#include <span>
#include <string_view>

namespace sys {

#if defined(__riscv)

inline abi::StartInfo const& start_info()
{
    return *reinterpret_cast<abi::StartInfo const*>(abi::StartInfo::address);
}

#else

// Host tests supply this.
abi::StartInfo const& start_info();

#endif

std::span<abi::Grant const> granted();

// The handle that was granted under this name, or 0.
abi::HandleValue find_grant(std::string_view name);

std::string_view program_name();

}  // namespace sys
