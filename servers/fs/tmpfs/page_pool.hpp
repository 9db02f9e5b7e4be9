// PagePool: a fixed number of pages, all of a file system's memory. What was never used takes none.
#pragma once
#include "lib/base/result.hpp"
#include "servers/fs/tmpfs/page_memory.hpp"
#include <cstdint>

namespace tmpfs {

using PageIndex = std::uint32_t;  // 0: none

class PagePool {
public:
    // The memory outlives the pool; nobody else uses it.
    explicit PagePool(PageMemory& memory)
        : memory_{memory}, pages_{memory.pages()}, free_count_{count()}
    {
    }

    // A page of zeros. Errors: no_space.
    Result<PageIndex> take();
    void give_back(PageIndex index);

    Page& operator[](PageIndex index) const { return pages_[index - 1]; }
    // A page that stays taken forgets what it holds, and takes no memory until it is written.
    void empty(PageIndex index) { memory_.forget(index - 1); }

    std::uint32_t count() const { return static_cast<std::uint32_t>(pages_.size()); }
    std::uint32_t free_count() const { return free_count_; }

private:
    PageMemory& memory_;
    std::span<Page> pages_;
    std::uint32_t free_count_;
    std::uint32_t used_ = 0;    // pages behind these were never taken
    PageIndex first_free_ = 0;  // of those that were given back; each names the next
};

}  // namespace tmpfs
