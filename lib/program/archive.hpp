// The boot archive: the files that came with the kernel.
#pragma once
#include "abi/archive.hpp"
#include "lib/sys/memory.hpp"
#include <string_view>

namespace program {

struct ArchivedFile {
    std::uint64_t offset{};  // from the start of the archive; a multiple of the page size
    std::span<std::byte const> content;
};

class Archive {
public:
    // Errors: corrupt
    static Result<Archive> open(sys::Memory memory);

    // Errors: not_found
    Result<ArchivedFile> find(std::string_view name) const;

    sys::HandleValue memory() const { return memory_.handle(); }

private:
    Archive(sys::Memory memory, sys::Mapping content)
        : memory_{std::move(memory)}, content_{std::move(content)}
    {
    }

    abi::ArchiveHeader const& header() const
    {
        return *reinterpret_cast<abi::ArchiveHeader const*>(content_.data());
    }

    sys::Memory memory_;
    sys::Mapping content_;
};

}  // namespace program
