// The ELF file format, as far as a static 64-bit RISC-V program needs it (System V gABI, chapters
// 4 and 5; the RISC-V psABI for the machine number).
#pragma once
#include <cstdint>

namespace elf {

inline constexpr unsigned char magic[4] = {0x7f, 'E', 'L', 'F'};
inline constexpr unsigned char class_64 = 2;
inline constexpr unsigned char little_endian = 1;
inline constexpr std::uint8_t current_version = 1;
inline constexpr std::uint16_t type_executable = 2;
inline constexpr std::uint16_t machine_riscv = 243;

struct FileHeader {
    unsigned char magic[4];
    unsigned char file_class;
    unsigned char byte_order;
    unsigned char ident_version;
    unsigned char ident_padding[9];
    std::uint16_t type;
    std::uint16_t machine;
    std::uint32_t version;
    std::uint64_t entry;
    std::uint64_t program_header_offset;
    std::uint64_t section_header_offset;
    std::uint32_t flags;
    std::uint16_t header_bytes;
    std::uint16_t program_header_bytes;
    std::uint16_t program_header_count;
    std::uint16_t section_header_bytes;
    std::uint16_t section_header_count;
    std::uint16_t section_name_index;
};
static_assert(sizeof(FileHeader) == 64);

enum class SegmentType : std::uint32_t { load = 1, dynamic = 2, interpreter = 3 };

inline constexpr std::uint32_t flag_execute = 1;
inline constexpr std::uint32_t flag_write = 2;
inline constexpr std::uint32_t flag_read = 4;

struct ProgramHeader {
    SegmentType type;
    std::uint32_t flags;
    std::uint64_t file_offset;
    std::uint64_t address;
    std::uint64_t physical_address;
    std::uint64_t file_bytes;
    std::uint64_t memory_bytes;
    std::uint64_t alignment;
};
static_assert(sizeof(ProgramHeader) == 56);

}  // namespace elf
