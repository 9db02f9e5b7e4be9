// One system call: number in a7, arguments in a0 to a6; status back in a0, values in a1 and a2.
#pragma once
#include "abi/syscall.hpp"
#include "lib/sys/ecall_result.hpp"

namespace sys {

inline EcallResult ecall(abi::Syscall call, std::uint64_t argument0 = 0,
                         std::uint64_t argument1 = 0, std::uint64_t argument2 = 0)
{
    register std::uint64_t a0 asm("a0") = argument0;
    register std::uint64_t a1 asm("a1") = argument1;
    register std::uint64_t a2 asm("a2") = argument2;
    register std::uint64_t a7 asm("a7") = abi::number(call);
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a7)
                 :
                 : "ra", "a3", "a4", "a5", "a6", "t0", "t1", "t2", "t3", "t4", "t5", "t6",
                   "memory");
    return {static_cast<Status>(a0), a1, a2};
}

inline EcallResult ecall(abi::Syscall call, std::uint64_t argument0, std::uint64_t argument1,
                         std::uint64_t argument2, std::uint64_t argument3,
                         std::uint64_t argument4 = 0, std::uint64_t argument5 = 0,
                         std::uint64_t argument6 = 0)
{
    register std::uint64_t a0 asm("a0") = argument0;
    register std::uint64_t a1 asm("a1") = argument1;
    register std::uint64_t a2 asm("a2") = argument2;
    register std::uint64_t a3 asm("a3") = argument3;
    register std::uint64_t a4 asm("a4") = argument4;
    register std::uint64_t a5 asm("a5") = argument5;
    register std::uint64_t a6 asm("a6") = argument6;
    register std::uint64_t a7 asm("a7") = abi::number(call);
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a4), "+r"(a5), "+r"(a6), "+r"(a7)
                 :
                 : "ra", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "memory");
    return {static_cast<Status>(a0), a1, a2};
}

}  // namespace sys
