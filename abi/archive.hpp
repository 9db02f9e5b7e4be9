// The boot archive that follows the kernel in its image: a header page, then files, each on a page
// boundary. tools/make-archive writes it, and has looked at the first program: the kernel knows no
// executable format.
#pragma once
#include <cstdint>

namespace abi {

struct ArchiveEntry {
    char name[48]{};         // zero-terminated
    std::uint64_t offset{};  // bytes from the header; a multiple of the page size
    std::uint64_t size{};    // bytes
};

// A part of the first program as it is to be mapped.
struct ArchiveSegment {
    std::uint64_t address{};       // where it begins; its offset has the same place in a page
    std::uint64_t memory_bytes{};  // of which those behind file_bytes are zero
    std::uint64_t offset{};        // bytes from the header
    std::uint64_t file_bytes{};
    std::uint64_t flags{};  // of the ELF program header: 1 execute, 2 write, 4 read; never 1 and 2
};

// The file "init", which the kernel starts.
struct ArchiveProgram {
    static constexpr std::uint64_t max_segments = 8;

    std::uint64_t entry{};
    std::uint64_t program_headers{};  // their address, for the auxiliary vector
    std::uint64_t program_header_count{};
    std::uint64_t segment_count{};
    ArchiveSegment segments[max_segments]{};
};

struct ArchiveHeader {
    static constexpr std::uint64_t magic_value = 0x3256484352414e42;  // "BNARCHV2"
    static constexpr std::uint64_t max_entries = 56;

    std::uint64_t magic{};
    std::uint64_t entry_count{};
    std::uint64_t total_bytes{};  // from the header's start; a multiple of the page size
    std::uint64_t reserved{};
    ArchiveProgram init{};
    ArchiveEntry entries[max_entries]{};
};
static_assert(sizeof(ArchiveHeader) <= 4096);

}  // namespace abi
