// What a memory knows of each of its pages.
#include "kernel/mm/page_map.hpp"
#include <algorithm>

namespace kernel {

std::uint64_t PageMap::next_present(std::uint64_t page, std::uint64_t most_slots) const
{
    if (root_ == nullptr)
        return pages_;
    for (; page < pages_ && most_slots != 0; most_slots--) {
        PageSlot const* const slot = find(page);
        if (slot == nullptr)
            page = round_down(page, table_pages) + table_pages;
        else if (slot->is_empty())
            page++;
        else
            break;
    }
    return std::min(page, pages_);
}

PhysAddr PageMap::take_table()
{
    if (root_ == nullptr)
        return {};
    if (!is_flat()) {
        PageSlot** const end = directory() + table_pages;
        PageSlot** const leaf =
            std::find_if(directory(), end, [](PageSlot* table) { return table != nullptr; });
        if (leaf != end)
            return physical(std::exchange(*leaf, nullptr));
    }
    return physical(std::exchange(root_, nullptr));
}

}  // namespace kernel
