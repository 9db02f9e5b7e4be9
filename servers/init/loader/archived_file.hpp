// A program in the boot archive: its pages can be mapped as they are.
#pragma once
#include "lib/program/loader_input.hpp"
#include "lib/sys/memory.hpp"
#include "servers/init/loader/program_file.hpp"

namespace loader {

class ArchivedFile final : public ProgramFile {
public:
    static Result<ArchivedFile> open(program::LoaderInput const& input);

    Result<std::uint64_t> size() override { return bytes_; }
    Result<> read(std::uint64_t offset, std::span<std::byte> buffer) override;
    Result<bool> map_in_place(elf::Segment const& segment) override;

private:
    ArchivedFile(sys::Memory archive, sys::Mapping content, program::LoaderInput const& input)
        : archive_{std::move(archive)}, content_{std::move(content)},
          first_page_{input.archive_offset / abi::page_size}, bytes_{input.archive_bytes}
    {
    }

    sys::Memory archive_;
    sys::Mapping content_;
    std::uint64_t first_page_;
    std::uint64_t bytes_;
};

}  // namespace loader
