#include "servers/fs/mapping/mapped_files.hpp"
#include <algorithm>

// Each takes a piece of the address space.
static constexpr std::size_t most_files = 64;

Result<MappedFiles> MappedFiles::create(std::uint32_t most_pages)
{
    auto page = TRY(sys::Memory::create(1));
    auto view = TRY(page.map());
    return MappedFiles{most_pages, std::move(page), std::move(view)};
}

Result<MappedFile*> MappedFiles::of(fs::NodeRef const& node)
{
    auto* file = static_cast<MappedFile*>(node->mapped);
    if (file == nullptr) {
        if (files_.size() == most_files)
            return fail(Status::no_memory);
        file = TRY(MappedFile::create(*this, node));
    }
    file->add_user();
    return file;
}

Result<> MappedFiles::settle()
{
    Result<> result{};
    for (MappedFile* const file : files_)
        if (Result<> const settled = file->settle(0, MappedFile::most_pages * abi::page_size);
            !settled)
            result = settled;
    return result;
}

// The file with the most pages gives some.
Result<> MappedFiles::make_room()
{
    std::size_t total = 0;
    for (MappedFile const* const file : files_)
        total += file->page_count();
    if (total < most_pages_)
        return {};
    return (*std::ranges::max_element(files_, {}, &MappedFile::page_count))->evict_some();
}
