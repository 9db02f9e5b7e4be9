// One entry of a directory, as Directory.list leaves it in the caller's memory.
#pragma once
#include "lib/base/result.hpp"
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace posix {

struct DirectoryRecord {
    std::uint64_t inode{};
    std::uint8_t kind{};
    std::string_view name;  // in the buffer
    std::size_t bytes{};    // to the next record

    // The first record in the buffer. Nothing that the server says is believed: errors: io_error.
    static Result<DirectoryRecord> parse(std::span<std::byte const> buffer);
};

}  // namespace posix
