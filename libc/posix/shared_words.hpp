// Futexes in memory that processes share: the server keeps who waits for them.
#pragma once
#include "generated/interfaces/posix.hpp"
#include <optional>

namespace posix {

// As the server knows the word at an address; nothing if it is in no memory that is shared.
// (file_mappings.cpp)
std::optional<SharedWord> find_shared_word(std::uint64_t address);

}  // namespace posix
