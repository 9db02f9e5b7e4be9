#include "servers/fs/tmpfs/entry.hpp"
#include <span>

namespace tmpfs {

namespace {

using Indices = std::array<PageIndex, indices_per_map>;

Indices& indices_in(Page& page) { return reinterpret_cast<Indices&>(page.bytes); }

Result<PageIndex> take_for(PagePool& pool, Entry& entry)
{
    PageIndex const index = TRY(pool.take());
    ++entry.page_count;
    return index;
}

void give_back_of(PagePool& pool, Entry& entry, PageIndex& index)
{
    if (index == 0)
        return;
    pool.give_back(index);
    index = 0;
    --entry.page_count;
}

}  // namespace

PageIndex find_index(PagePool& pool, Entry const& entry, std::uint64_t number)
{
    if (number >= most_pages || entry.maps[number / indices_per_map] == 0)
        return 0;
    Page& map = pool[entry.maps[number / indices_per_map]];
    return indices_in(map)[number % indices_per_map];
}

Page* find_page(PagePool& pool, Entry const& entry, std::uint64_t number)
{
    PageIndex const index = find_index(pool, entry, number);
    return index == 0 ? nullptr : &pool[index];
}

Result<Page*> make_page(PagePool& pool, Entry& entry, std::uint64_t number)
{
    if (number >= most_pages)
        return fail(Status::too_large);
    PageIndex& map = entry.maps[number / indices_per_map];
    if (map == 0)
        map = TRY(take_for(pool, entry));
    PageIndex& index = indices_in(pool[map])[number % indices_per_map];
    if (index == 0)
        index = TRY(take_for(pool, entry));
    return &pool[index];
}

void free_pages(PagePool& pool, Entry& entry, std::uint64_t first)
{
    for (std::uint64_t i = 0; i < Entry::map_count; ++i) {
        std::uint64_t const start = i * indices_per_map;
        PageIndex& map = entry.maps[i];
        if (map == 0 || start + indices_per_map <= first)
            continue;
        std::uint64_t const kept = first > start ? first - start : 0;
        for (PageIndex& index : std::span{indices_in(pool[map])}.subspan(kept))
            give_back_of(pool, entry, index);
        if (kept == 0)
            give_back_of(pool, entry, map);
    }
}

}  // namespace tmpfs
