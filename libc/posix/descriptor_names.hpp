// Names of the process's own descriptors: /dev/stdin, /dev/stdout, /dev/stderr, /dev/fd/N and
// /proc/self/fd/N. No server knows them, so the library looks when a name was not found.
#pragma once
#include "libc/posix/file_table.hpp"
#include "libc/posix/path.hpp"

namespace posix {

// The open file that the path stands for, if it is such a name and the descriptor is there.
FileReference file_called(Path const& path);

// What /proc/self/fd/N says as a link, for terminals and directories: zero bytes if nothing.
std::size_t read_descriptor_link(Path const& path, Bytes buffer);

}  // namespace posix
