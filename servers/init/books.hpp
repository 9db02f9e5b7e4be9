// The rows of `ps`: the kernel, init, and every process that init has started; and where their time
// went.
#pragma once
#include "servers/init/process_table.hpp"

namespace init {

// Errors: not_found behind the last row.
Result<Books> books_row(ProcessTable const& processes, sys::HandleValue root, std::uint32_t index);

// `id`: of a row. Errors: not_found - there is no such row, or no time at `place`
Result<Visit> visit_of(ProcessTable const& processes, std::uint32_t id, std::uint32_t place);

}  // namespace init
