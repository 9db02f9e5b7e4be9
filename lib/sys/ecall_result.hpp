// What a system call answers.
#pragma once
#include "lib/base/result.hpp"
#include <cstdint>

namespace sys {

struct EcallResult {
    Status status{};
    std::uint64_t first{};
    std::uint64_t second{};
};

}  // namespace sys
