// What a program is given at birth: a page with its handles by name, mapped read-only at a fixed
// address. The kernel writes init's, init writes everybody else's. Arguments and environment are on
// the stack, as the C library expects them.
#pragma once
#include "abi/message.hpp"
#include <cstdint>

namespace abi {

// A handle and the name that its user knows it by.
struct Grant {
    char name[28]{};  // zero-terminated
    HandleValue handle{};
};

struct StartInfo {
    static constexpr std::uint64_t address = 0x10000;
    static constexpr std::uint64_t magic_value = 0x314e4f544142;  // "BATON1"
    static constexpr std::uint64_t max_grants = 64;

    std::uint64_t magic{};
    std::uint64_t timebase_hz{};  // ticks of the `time` CSR in a second
    HandleValue process{};        // the program's own process
    std::uint32_t grant_count{};
    std::uint64_t device_tree_bytes{};  // init only
    std::uint64_t archive_bytes{};      // init only
    Grant grants[max_grants]{};
    char name[28]{};           // of the program, zero-terminated; for its log lines
    std::uint32_t priority{};  // of its first thread, and the most that it may ask for
};
static_assert(sizeof(StartInfo) <= 4096);

// The message buffer of a program's first thread is in a page of its own, next to StartInfo.
inline constexpr std::uint64_t first_message_buffer = 0x11000;

}  // namespace abi
