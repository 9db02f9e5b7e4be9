// Everything as the official library reads it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

// All of a message of `size` words in the terms of to_string.hpp; nothing if the library refuses
// it. It follows pointers to at most `limit` words. The library's headers are C++17, so this is,
// too.
std::optional<std::string> describe_officially(std::uint64_t const* words, std::size_t size,
                                               std::uint64_t limit);
