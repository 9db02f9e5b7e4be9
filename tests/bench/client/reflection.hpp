// What it costs to reflect a system call that is not the kernel's to a handler in its own process.
#pragma once

namespace bench {

// Prints the rows `reflected_call` and `reflected_return`.
void measure_reflection();

}  // namespace bench
