// Where a program comes from: a file of the file server, or a part of the boot archive.
#pragma once
#include "lib/base/result.hpp"
#include "lib/elf/image.hpp"
#include "lib/sys/handle.hpp"
#include <cstddef>
#include <span>

namespace loader {

class ProgramFile {
public:
    virtual Result<std::uint64_t> size() = 0;

    // Fills `buffer` from `offset`. Errors: bad_executable if the file ends before.
    virtual Result<> read(std::uint64_t offset, std::span<std::byte> buffer) = 0;

    // Maps the segment's pages of the file itself, where that is possible, instead of a copy.
    // The result says whether it was.
    virtual Result<bool> map_in_place(elf::Segment const& segment) = 0;

protected:
    ~ProgramFile() = default;
};

}  // namespace loader
