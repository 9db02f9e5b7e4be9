// One system call of a kernel that a test makes up.
#pragma once
#include "abi/syscall.hpp"
#include "lib/sys/ecall_result.hpp"

namespace sys {

// Each test supplies this.
EcallResult ecall(abi::Syscall call, std::uint64_t argument0 = 0, std::uint64_t argument1 = 0,
                  std::uint64_t argument2 = 0, std::uint64_t argument3 = 0,
                  std::uint64_t argument4 = 0, std::uint64_t argument5 = 0,
                  std::uint64_t argument6 = 0);

}  // namespace sys
