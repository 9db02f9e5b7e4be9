// What the file server knows about a file, in C's words.
#pragma once
#include "generated/interfaces/file.hpp"
#include <sys/stat.h>

namespace posix {

struct stat to_stat(Attributes const& attributes);

// The file type bits of a mode, and the type in a directory entry.
mode_t mode_of(Kind kind);
unsigned char entry_type_of(Kind kind);

}  // namespace posix
