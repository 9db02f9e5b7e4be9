// TestMemory: pages for a file system in memory, which knows how many of them take any.
#pragma once
#include "servers/fs/tmpfs/page_memory.hpp"
#include <algorithm>
#include <vector>

class TestMemory final : public tmpfs::PageMemory {
public:
    explicit TestMemory(std::size_t count) : pages_(count) {}

    std::span<tmpfs::Page> pages() override { return pages_; }
    void forget(std::size_t index) override { pages_[index].bytes.fill(std::byte{0}); }

    std::size_t used() const
    {
        return static_cast<std::size_t>(std::ranges::count_if(pages_, [](tmpfs::Page const& page) {
            return std::ranges::any_of(page.bytes, [](std::byte b) { return b != std::byte{0}; });
        }));
    }

private:
    std::vector<tmpfs::Page> pages_;
};
