// A program in a file of the file server: read into memory of this process's own.
#pragma once
#include "generated/interfaces/file.hpp"
#include "servers/init/loader/program_file.hpp"

namespace loader {

class ServedFile final : public ProgramFile {
public:
    explicit ServedFile(sys::Handle file) : file_{std::move(file)} {}

    Result<std::uint64_t> size() override;
    Result<> read(std::uint64_t offset, std::span<std::byte> buffer) override;
    Result<bool> map_in_place(elf::Segment const&) override { return false; }

private:
    ::File file_;
};

}  // namespace loader
