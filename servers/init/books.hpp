// The rows of `ps`: the kernel, init, and every process that init has started.
#pragma once
#include "servers/init/process_table.hpp"

namespace init {

// Errors: not_found behind the last row.
Result<Books> books_row(ProcessTable const& processes, sys::HandleValue root, std::uint32_t index);

}  // namespace init
