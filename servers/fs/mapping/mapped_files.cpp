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
    if (node->mapped == nullptr) {
        if (files_.size() == most_files)
            return fail(Status::no_memory);
        files_.push_back(TRY(MappedFile::create(*this, node)));
    }
    MappedFile* const file = *std::ranges::find(files_, node->mapped, &MappedFile::content);
    file->add_user();
    return file;
}

Result<> MappedFiles::settle()
{
    Result<> result{};
    for (MappedFile* const file : files_)
        if (Result<> const settled = file->content()->settle(); !settled)
            result = settled;
    return result;
}

std::size_t MappedFiles::page_count() const
{
    std::size_t total = 0;
    for (MappedFile const* const file : files_)
        total += file->page_count();
    return total;
}

// The file with the most pages gives some.
Result<> MappedFiles::make_room()
{
    if (page_count() < most_pages_)
        return {};
    return (*std::ranges::max_element(files_, {}, &MappedFile::page_count))->give_back_some();
}
