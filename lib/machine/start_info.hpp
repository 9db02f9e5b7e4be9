// Where a program finds its start information.
#pragma once
#include "abi/start_info.hpp"

namespace sys {

inline abi::StartInfo const& start_info()
{
    return *reinterpret_cast<abi::StartInfo const*>(abi::StartInfo::address);
}

}  // namespace sys
