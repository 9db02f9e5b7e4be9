// Standard output and error of programs without files: the machine's log, if the manifest grants
// it.
#pragma once
#include "libc/sys/arguments.hpp"

namespace libc {

long write_log(Arguments const& arguments);
long write_log_pieces(Arguments const& arguments);

}  // namespace libc
