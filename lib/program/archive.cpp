#include "lib/program/archive.hpp"

namespace program {

static bool is_valid(abi::ArchiveHeader const& header, std::uint64_t memory_bytes)
{
    return header.magic == abi::ArchiveHeader::magic_value &&
           header.entry_count <= abi::ArchiveHeader::max_entries &&
           header.total_bytes <= memory_bytes;
}

static bool is_valid(abi::ArchiveEntry const& entry, std::uint64_t total_bytes)
{
    return entry.name[sizeof entry.name - 1] == 0 && entry.offset % abi::page_size == 0 &&
           entry.size <= total_bytes && entry.offset <= total_bytes - entry.size;
}

Result<Archive> Archive::open(sys::Memory memory)
{
    auto content = TRY(memory.map(sys::protect_read));
    Archive archive{std::move(memory), std::move(content)};
    if (!is_valid(archive.header(), archive.content_.size_bytes()))
        return fail(Status::corrupt);
    return archive;
}

Result<ArchivedFile> Archive::find(std::string_view name) const
{
    std::span const entries{header().entries};
    for (abi::ArchiveEntry const& entry : entries.first(header().entry_count))
        if (is_valid(entry, header().total_bytes) && name == entry.name)
            return ArchivedFile{entry.offset, content_.bytes().subspan(entry.offset, entry.size)};
    return fail(Status::not_found);
}

}  // namespace program
