// Entry: files, directories and links in memory, and the content of each as pages.
#pragma once
#include "servers/fs/tmpfs/page_pool.hpp"
#include "servers/fs/tree/node.hpp"

namespace tmpfs {

struct Entry : fs::Node {
    static constexpr std::size_t map_count = 8;

    bool is_in_use = false;
    std::uint32_t links = 0;
    std::uint64_t size = 0;
    fs::Timestamp accessed, modified, changed;
    std::uint32_t page_count = 0;             // maps included
    std::uint32_t name_count = 0;             // of a directory
    fs::NodeNumber parent = 0;                // of a directory
    std::array<PageIndex, map_count> maps{};  // pages of page indices; 0: a hole
};

inline constexpr std::uint64_t indices_per_map = page_bytes / sizeof(PageIndex);
inline constexpr std::uint64_t most_pages = Entry::map_count * indices_per_map;
inline constexpr std::uint64_t largest_size = most_pages * page_bytes;

// The page of an entry's content; none in a hole.
PageIndex find_index(PagePool& pool, Entry const& entry, std::uint64_t number);
Page* find_page(PagePool& pool, Entry const& entry, std::uint64_t number);

// The same; a hole is filled with zeros. Errors: no_space, too_large.
Result<Page*> make_page(PagePool& pool, Entry& entry, std::uint64_t number);

// Gives back the pages from `first` on.
void free_pages(PagePool& pool, Entry& entry, std::uint64_t first);

}  // namespace tmpfs
