// The boot archive that follows the kernel in its image: a header page, then files, each on a page
// boundary. tools/make-archive writes it.
#pragma once
#include <cstdint>

namespace abi {

struct ArchiveEntry {
    char name[48]{};         // zero-terminated
    std::uint64_t offset{};  // bytes from the header; a multiple of the page size
    std::uint64_t size{};    // bytes
};

struct ArchiveHeader {
    static constexpr std::uint64_t magic_value = 0x3156484352414e42;  // "BNARCHV1"
    static constexpr std::uint64_t max_entries = 63;

    std::uint64_t magic{};
    std::uint64_t entry_count{};
    std::uint64_t total_bytes{};  // from the header's start; a multiple of the page size
    std::uint64_t reserved{};
    ArchiveEntry entries[max_entries]{};
};
static_assert(sizeof(ArchiveHeader) <= 4096);

}  // namespace abi
