// What a program's C library leaves for the one that comes after exec: one block of bytes, the
// header first, then the descriptors, then their directories' paths and the current one.
#pragma once
#include "abi/message.hpp"
#include "libc/posix/signal_set.hpp"

namespace posix {

struct InheritedHeader {
    static constexpr std::uint32_t magic_value = 0x31464e49;

    std::uint32_t magic = magic_value;
    std::uint32_t descriptor_count = 0;
    SignalSet ignored = 0;
    SignalSet blocked = 0;
    std::uint32_t mode_mask = 0;
    std::uint32_t current_directory_bytes = 0;
    std::int32_t process_number = 0;
    std::uint32_t unused = 0;
    std::uint64_t descriptor_limit = 0;
    std::uint64_t file_size_limit = 0;
    std::uint64_t memory_limit = 0;
};

enum class InheritedKind : std::uint32_t { none, file, directory, console };

// Descriptors with one handle share an open file.
struct InheritedDescriptor {
    std::int32_t number = 0;
    abi::HandleValue handle = 0;
    InheritedKind kind = InheritedKind::none;
    std::int32_t flags = 0;  // of open()
    std::uint32_t path_bytes = 0;
    std::uint32_t unused = 0;
};

}  // namespace posix
