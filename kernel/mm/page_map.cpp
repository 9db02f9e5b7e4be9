// What a memory knows of each of its pages.
#include "kernel/mm/page_map.hpp"
#include <algorithm>

namespace kernel {

std::uint64_t PageMap::next_present(std::uint64_t page, std::uint64_t most_slots) const
{
    if (root_ == nullptr)
        return pages_;
    std::uint64_t const end = std::min(pages_, page + most_slots);
    while (page < end) {
        PageSlot const* slot = find(page);
        std::uint64_t const table_end = round_down(page, table_pages) + table_pages;
        if (slot == nullptr)
            page = table_end;
        for (; page < std::min(end, table_end); page++)
            if (!(slot++)->is_empty())
                return page;
    }
    return std::min(page, pages_);
}

PhysAddr PageMap::take_table()
{
    if (root_ == nullptr)
        return {};
    for (std::uint64_t i = 0; !is_flat() && i < table_pages; i++)
        if (directory()[i] != nullptr)
            return physical(std::exchange(directory()[i], nullptr));
    return physical(std::exchange(root_, nullptr));
}

}  // namespace kernel
