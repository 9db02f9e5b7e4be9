// PagePool: a fixed number of pages, all of a file system's memory. What was never used takes none.
#pragma once
#include "lib/base/result.hpp"
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace tmpfs {

inline constexpr std::size_t page_bytes = 4096;

using PageIndex = std::uint32_t;  // 0: none

struct alignas(16) Page {
    std::array<std::byte, page_bytes> bytes;
};

class PagePool {
public:
    // Errors: no_memory.
    static Result<PagePool> create(std::uint32_t count);

    // A page of zeros. Errors: no_space.
    Result<PageIndex> take();
    void give_back(PageIndex index);

    Page& operator[](PageIndex index) const { return pages_[index - 1]; }
    std::uint32_t count() const { return count_; }
    std::uint32_t free_count() const { return free_count_; }

private:
    PagePool(std::unique_ptr<Page[]> pages, std::uint32_t count)
        : pages_{std::move(pages)}, count_{count}, free_count_{count}
    {
    }

    std::unique_ptr<Page[]> pages_;
    std::uint32_t count_;
    std::uint32_t free_count_;
    std::uint32_t used_ = 0;    // pages behind these were never taken
    PageIndex first_free_ = 0;  // of those that were given back; each names the next
};

}  // namespace tmpfs
