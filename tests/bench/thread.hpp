// A thread that lives on nothing but a small stack: no library that needs a thread pointer.
#pragma once
#include "abi/message.hpp"
#include "lib/sys/syscalls.hpp"
#include <array>

namespace bench {

struct ThreadPlace {
    alignas(1024) abi::MessageBuffer buffer{};
    alignas(16) std::array<std::byte, 1024> stack{};
};

inline Result<sys::Handle> start_thread(ThreadPlace& place, void (*entry)(std::uint64_t),
                                        std::uint64_t argument, std::uint32_t priority)
{
    return sys::thread_create(sys::own_process, {.entry = reinterpret_cast<std::uint64_t>(entry),
                                                 .stack_pointer = sys::address_of(
                                                     place.stack.data() + place.stack.size()),
                                                 .argument = argument,
                                                 .message_buffer = sys::address_of(&place.buffer),
                                                 .priority = priority});
}

// How many instructions the hart has executed.
inline std::uint64_t instructions()
{
    std::uint64_t count;
    asm volatile("rdinstret %0" : "=r"(count) : : "memory");
    return count;
}

}  // namespace bench
