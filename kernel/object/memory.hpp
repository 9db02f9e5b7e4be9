// Memory: pages that can be mapped. The only thing that can.
#pragma once
#include "kernel/mm/mapping.hpp"
#include "kernel/mm/page_map.hpp"
#include "kernel/mm/spin_lock.hpp"
#include "kernel/object/endpoint.hpp"

namespace kernel {

// A frame may be the page of several memories: of a memory and its clones, which copy it before
// they write to it, or of a paged memory and the one that its pager keeps. Each of them pays for
// it, so a write that has to copy never fails for want of quota.
class Memory final : public Object {
public:
    static constexpr ObjectType object_type = ObjectType::memory;
    static constexpr abi::Rights rights =
        abi::rights(abi::Right::read, abi::Right::write, abi::Right::execute, abi::Right::dma,
                    abi::Right::manage, abi::Right::duplicate);
    static constexpr std::uint64_t max_pages = PageMap::max_pages;

    enum class Kind : std::uint32_t {
        sparse,    // a frame for each page that was touched
        paged,     // the same, but another process brings the pages in
        block,     // contiguous frames of its own
        borrowed,  // contiguous, part of the image: the boot archive, the device tree
        device,    // registers: the kernel itself never touches them
    };

    Memory(Process& payer, Kind kind, std::uint64_t pages, PhysAddr base = {})
        : Object{object_type, &payer}, kind{kind}, pages{pages}, base_{base}, map_{pages}
    {
    }

    struct Page {
        static constexpr std::uint64_t writable = 1;
        static constexpr std::uint64_t large = 2;
        static constexpr std::uint64_t flags = page_size - 1;

        std::uint64_t bits;

        PhysAddr frame() const { return PhysAddr{bits & ~flags}; }
        bool is_writable() const { return (bits & writable) != 0; }
        // So are its neighbours, in one block of 512 aligned frames.
        bool is_large() const { return (bits & large) != 0; }
    };

    // A page that is there for the access: sparse ones are brought in, charged to the payer. The
    // caller holds `lock` until it has done with the page; for kinds without slots it need not.
    // Errors: out_of_range, no_memory, lease_fault (the pager has to be asked first)
    Result<Page> page(std::uint64_t index, std::uint64_t access);
    // A page whose frame is used by its address from now on. Errors: as page()
    Result<PhysAddr> pin(std::uint64_t index);

    // Whether pages have slots: they can be cloned, moved, discarded.
    bool has_slots() const { return kind == Kind::sparse || kind == Kind::paged; }
    // Whom to ask, and for what, when page() has said lease_fault. Nobody, if that is no longer so.
    struct Question {
        Endpoint* pager;
        abi::PagerWant want;
        std::uint64_t page;  // of the paged memory
    };
    Question question_about(std::uint64_t index);
    void set_pager(Endpoint& pager) { pager_ = Reference{&pager}; }
    // This is to be a clone of the original from a page on: what its pager has not brought in yet
    // comes from there when it is needed.
    void set_source_of(Memory& original, std::uint64_t first_page);
    bool has_source() const { return static_cast<bool>(source_); }

    // Parts of long operations: each does a few pages from `index` on and returns where it has
    // stopped, at `end` at last. Pages that are not there are passed over.

    // Gives the pages to `target`, from `target_page` on, to be copied when one of the two is
    // written. Errors: no_memory, bad_argument (the target has one)
    Result<std::uint64_t> clone_some(Memory& target, std::uint64_t target_page, std::uint64_t index,
                                     std::uint64_t end);
    // Forgets the pages, but for those that are pinned.
    Result<std::uint64_t> discard_some(std::uint64_t index, std::uint64_t end);
    // If not allowed, the pager is asked before somebody writes.
    Result<std::uint64_t> allow_writes_some(std::uint64_t index, std::uint64_t end, bool allowed);

    // Puts a page of `from` into this memory, a paged one, where it may be written at once, or only
    // after the pager was asked. Moved, it is no longer that memory's; shared, it is in both.
    // Errors: bad_argument (not paged, or from the wrong kind), out_of_range, already_exists,
    // lease_fault, busy (pinned), no_memory
    enum class Supply : std::uint32_t { move, share };
    Result<> supply(std::uint64_t index, Memory& from, std::uint64_t from_index, Supply how,
                    bool is_writable);

    // Gives back some frames and their charge. False if there are more. Only when nothing maps the
    // memory any more.
    bool release_some();

    Kind const kind;
    std::uint64_t const pages;

    // Guards what follows, and the private part. An entry of a page table that leads to a page of
    // this memory is made with the lock held. A clone's lock comes before its source's.
    SpinLock lock;
    IntrusiveList<Mapping, &Mapping::memory_link> mappings;

private:
    static constexpr std::uint64_t most_pages = 64;  // that one step of a long operation looks at

    Result<PageSlot*> slot_for(std::uint64_t index);
    [[gnu::noinline]] Result<> bring_in(PageSlot& slot, std::uint64_t index);
    [[gnu::noinline]] Result<> make_writable(PageSlot& slot, std::uint64_t index);
    Result<> copy_if_shared(PageSlot& slot, std::uint64_t index);
    Result<PhysAddr> give_page(std::uint64_t index, Supply how);
    Result<bool> clone_page(PageSlot& slot, std::uint64_t index);
    void drop(PageSlot& slot);
    template <class Change>
    Result<std::uint64_t> each_present(std::uint64_t index, std::uint64_t end, std::uint64_t access,
                                       Change const& change);
    void revoke(std::uint64_t first, std::uint64_t end, std::uint64_t access);

    PhysAddr base_;  // of the kinds without slots
    PageMap map_;
    std::uint64_t released_ = 0;  // pages below this one have been given back
    Reference<Endpoint> pager_;
    Reference<Memory> source_;  // a paged one: where pages come from that are not here
    std::uint64_t source_page_ = 0;
};

}  // namespace kernel
