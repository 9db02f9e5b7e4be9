// `call` and `reply` with a message in registers.
#pragma once
#include "abi/syscall.hpp"
#include "lib/base/result.hpp"
#include "lib/sys/registers.hpp"

namespace sys {

using abi::HandleValue;

// Calls the endpoint; the answer replaces the contents of `message`.
inline Status call(HandleValue endpoint, Registers& message)
{
    register std::uint64_t a0 asm("a0") = endpoint;
    register std::uint64_t a1 asm("a1") = message.header;
    register std::uint64_t a2 asm("a2") = message.label;
    register std::uint64_t a3 asm("a3") = message.words[0];
    register std::uint64_t a4 asm("a4") = message.words[1];
    register std::uint64_t a5 asm("a5") = message.words[2];
    register std::uint64_t a6 asm("a6") = message.words[3];
    register std::uint64_t a7 asm("a7") = abi::number(abi::Syscall::call);
    asm volatile("ecall"
                 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a4), "+r"(a5), "+r"(a6), "+r"(a7)
                 :
                 : "ra", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "memory");
    message = {a1, a2, {a3, a4, a5, a6}};
    return static_cast<Status>(a0);
}

// Answers the call that this worker serves and waits for the next one, which starts at the pool's
// entry with an empty stack.
[[noreturn, gnu::always_inline]] inline void reply(Status status, Registers const& message)
{
    register std::uint64_t a0 asm("a0") = static_cast<std::uint64_t>(status);
    register std::uint64_t a1 asm("a1") = message.header;
    register std::uint64_t a2 asm("a2") = message.label;
    register std::uint64_t a3 asm("a3") = message.words[0];
    register std::uint64_t a4 asm("a4") = message.words[1];
    register std::uint64_t a5 asm("a5") = message.words[2];
    register std::uint64_t a6 asm("a6") = message.words[3];
    register std::uint64_t a7 asm("a7") = abi::number(abi::Syscall::reply);
    asm volatile("ecall"
                 :
                 : "r"(a0), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5), "r"(a6), "r"(a7)
                 : "memory");
    __builtin_unreachable();
}

}  // namespace sys
