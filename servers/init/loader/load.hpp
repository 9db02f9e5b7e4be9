// Maps a program's segments into this process.
#pragma once
#include "servers/init/loader/program_file.hpp"

namespace loader {

inline constexpr std::size_t head_bytes = 1024;

// The program's headers, read into `head` and checked. Errors: bad_executable and what reading
// says.
Result<elf::Image> read_headers(ProgramFile& file, std::span<std::byte, head_bytes> head);

// Those that are never written are there already, if `has_image`.
Result<> map_segments(ProgramFile& file, elf::Image const& image, bool has_image);

}  // namespace loader
