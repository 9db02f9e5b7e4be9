// Builds small ELF programs in memory for the tests.
#pragma once
#include "lib/elf/format.hpp"
#include <cstddef>
#include <cstring>
#include <vector>

namespace elf::test {

// A valid program of two segments: text at 0x100000, data at 0x102000. Tests break one thing.
struct ProgramFile {
    FileHeader header{{0x7f, 'E', 'L', 'F'},
                      class_64,
                      little_endian,
                      current_version,
                      {},
                      type_executable,
                      machine_riscv,
                      current_version,
                      0x100100,
                      sizeof(FileHeader),
                      0,
                      0,
                      sizeof(FileHeader),
                      sizeof(ProgramHeader),
                      0,
                      0,
                      0,
                      0};
    std::vector<ProgramHeader> segments{
        {SegmentType::load, flag_read | flag_execute, 0, 0x100000, 0, 0x1000, 0x1000, 0x1000},
        {SegmentType::load, flag_read | flag_write, 0x1010, 0x102010, 0, 0x20, 0x2000, 0x1000},
    };
    std::size_t file_bytes = 0x1030;

    std::vector<std::byte> bytes() const
    {
        FileHeader complete = header;
        complete.program_header_count = static_cast<std::uint16_t>(segments.size());
        std::vector<std::byte> file(file_bytes);
        std::memcpy(file.data(), &complete, sizeof complete);
        std::memcpy(file.data() + sizeof complete, segments.data(),
                    segments.size() * sizeof(ProgramHeader));
        return file;
    }
};

}  // namespace elf::test
