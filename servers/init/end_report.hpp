// Says how a process ended, in lines for the log.
#pragma once
#include "abi/syscall.hpp"
#include <string_view>

namespace init {

// "fs: killed, load page fault at pc 0x1234, address 0x0", then its registers and its backtrace.
// Nothing for a process that ended in an orderly way.
void report_end(std::string_view name, abi::ProcessInfo const& info);

}  // namespace init
