// Pages of files that processes have mapped: they are elsewhere, and here is only room for them.
#include "servers/fs/tmpfs/files.hpp"
#include <algorithm>

namespace tmpfs {

void Files::let_go_of_page(fs::Node& file, std::uint64_t number)
{
    if (PageIndex const index = find_index(pool_, entry_of(file), number); index != 0)
        pool_.empty(index);
}

// Behind the end there are zeros here, whatever a process has stored there.
Result<> Files::store_page(fs::Node& file, std::uint64_t number, fs::PageContent page)
{
    Entry const& entry = entry_of(file);
    Page* const room = find_page(pool_, entry, number);
    if (room == nullptr)
        return fail(Status::no_space);
    std::uint64_t const start = std::min(number * page_bytes, entry.size);
    std::size_t const length = std::min<std::uint64_t>(entry.size - start, page_bytes);
    std::ranges::copy(page.first(length), room->bytes.begin());
    std::ranges::fill(std::span{room->bytes}.subspan(length), std::byte{0});
    return {};
}

// A hole has none, and stays one.
void Files::return_page(fs::Node& file, std::uint64_t number, fs::PageContent page)
{
    (void)store_page(file, number, page);
}

Result<> Files::reserve(fs::Node& file, std::uint64_t offset, std::uint64_t length)
{
    Entry& entry = entry_of(file);
    for (std::uint64_t number = offset / page_bytes; number * page_bytes < offset + length;
         ++number)
        TRY(make_page(pool_, entry, number));
    touch(entry, true);
    return {};
}

}  // namespace tmpfs
