// What a memory knows of each of its pages: a tree of tables that grows where pages are touched.
#pragma once
#include "kernel/mm/layout.hpp"
#include "lib/base/result.hpp"

namespace kernel {

// One page: its frame, and what has to happen before somebody writes to it.
struct PageSlot {
    static constexpr std::uint64_t copied = 1;  // a clone may have the frame: copy it, then write
    static constexpr std::uint64_t pinned = 2;  // somebody keeps the frame's address: it stays here
    static constexpr std::uint64_t clean = 4;   // the pager wants to know, then write
    static constexpr std::uint64_t flags = page_size - 1;

    std::uint64_t bits;

    static PageSlot make(PhysAddr frame, std::uint64_t flags = 0) { return {frame.value | flags}; }
    bool is_empty() const { return bits == 0; }
    bool has(std::uint64_t flag) const { return (bits & flag) != 0; }
    PhysAddr frame() const { return PhysAddr{bits & ~flags}; }
};

class PageMap {
public:
    static constexpr std::uint64_t table_pages = page_size / sizeof(PageSlot);
    static constexpr std::uint64_t max_pages = table_pages * table_pages;

    explicit PageMap(std::uint64_t pages) : pages_{pages} {}

    // The slot of a page; null if its table is not there.
    PageSlot* find(std::uint64_t page) const
    {
        if (root_ == nullptr || is_flat())
            return root_ == nullptr ? nullptr : &table()[page];
        PageSlot* const leaf = directory()[page / table_pages];
        return leaf == nullptr ? nullptr : &leaf[page % table_pages];
    }

    // The slot of a page; allocate() gives zeroed frames for tables that are not there.
    // Errors: those of allocate()
    template <class Allocate>
    Result<PageSlot*> ensure(std::uint64_t page, Allocate const& allocate)
    {
        if (root_ == nullptr)
            root_ = direct<void>(TRY(allocate()));
        if (is_flat())
            return &table()[page];
        PageSlot*& leaf = directory()[page / table_pages];
        if (leaf == nullptr)
            leaf = direct<PageSlot>(TRY(allocate()));
        return &leaf[page % table_pages];
    }

    // The first page at or after `page` that has a frame; `pages` if there is none. Looks at so
    // many slots at most and may therefore name a page that has none.
    std::uint64_t next_present(std::uint64_t page, std::uint64_t most_slots) const;

    // The frame of a table in which no slot is in use any more, taken out of the map, last the
    // root's; null when all are out.
    PhysAddr take_table();

private:
    bool is_flat() const { return pages_ <= table_pages; }
    PageSlot* table() const { return static_cast<PageSlot*>(root_); }
    PageSlot** directory() const { return static_cast<PageSlot**>(root_); }

    std::uint64_t const pages_;
    void* root_ = nullptr;  // the only table, or the directory of tables
};

}  // namespace kernel
