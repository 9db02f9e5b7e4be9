// What the program that was here before has left, if it became this one by exec.
#pragma once
#include "libc/posix/file_table.hpp"
#include "libc/posix/inherited.hpp"
#include "libc/posix/path.hpp"

namespace posix {

// Null if there was none.
InheritedHeader const* inherited();

// Fills the table; the result is the current directory.
Result<Path> inherit_files(InheritedHeader const& header, FileTable& table);

}  // namespace posix
