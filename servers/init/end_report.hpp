// Says how a process ended, in lines for the log.
#pragma once
#include "abi/status.hpp"
#include "abi/syscall.hpp"
#include <string_view>
#include <utility>

namespace init {

// "fs: killed, load page fault at pc 0x1234, address 0x0", then its registers and its backtrace.
// Before the name of a fault that a larger quota would have avoided stands "out of memory".
// Nothing for a process that ended in an orderly way.
void report_end(std::string_view name, abi::ProcessInfo const& info);

constexpr bool is_out_of_memory(abi::ProcessInfo const& info)
{
    return info.reason == abi::EndReason::exception &&
           info.fault_status == std::to_underlying(abi::Status::no_memory);
}

}  // namespace init
