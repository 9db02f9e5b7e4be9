// Standard output and error of programs without files: the machine's log, if the manifest grants
// it.
#pragma once
#include "lib/base/result.hpp"
#include "libc/sys/arguments.hpp"
#include <span>

namespace libc {

// Errors: not_granted
Result<> write_to_log(std::span<char const> text);

long write_log(Arguments const& arguments);
long write_log_pieces(Arguments const& arguments);

}  // namespace libc
