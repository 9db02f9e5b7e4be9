// The part of a message that travels in registers: see abi/message.hpp.
#pragma once
#include "abi/message.hpp"
#include <cstdint>

namespace sys {

// What travels in registers, both ways.
struct Registers {
    std::uint64_t header{};
    std::uint64_t label{};
    std::uint64_t words[abi::register_words]{};
};

}  // namespace sys
