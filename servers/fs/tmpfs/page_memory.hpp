// PageMemory: where the pages of a file system in memory are.
#pragma once
#include <array>
#include <cstddef>
#include <span>

namespace tmpfs {

inline constexpr std::size_t page_bytes = 4096;

struct alignas(16) Page {
    std::array<std::byte, page_bytes> bytes;
};

class PageMemory {
public:
    // All of them, in a row. One that was never written reads as zeros, and takes no memory.
    virtual std::span<Page> pages() = 0;
    // The page is as if it had never been written.
    virtual void forget(std::size_t index) = 0;

protected:
    ~PageMemory() = default;
};

}  // namespace tmpfs
