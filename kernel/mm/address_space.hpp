// An address space: what is mapped where, and the page table that the hart walks.
//
// Page tables are filled at first touch. Mapping changes nothing in them, so a map can only fail
// before it has an effect.
#pragma once
#include "abi/syscall.hpp"
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/hart.hpp"
#include "kernel/arch/riscv64/sv39.hpp"
#include "kernel/object/memory.hpp"
#include "lib/base/ordered_tree.hpp"
#include <atomic>

namespace kernel {

class AddressSpace {
public:
    explicit AddressSpace(Process& owner) : owner_{owner} {}

    // Errors: no_memory
    Result<> create();
    // Gives back some page tables and mappings. False if there are more. Nobody runs in it any
    // more.
    bool empty_some();
    // The same, and then the rest.
    bool release_some();

    // Errors: bad_argument (already mapped, no room), no_memory, bad_handle (nobody holds the
    // memory)
    Result<VirtAddr> map(MapRequest const& request);
    // Unmaps a part of [begin, end) and returns where it has stopped, at `end` at last. What is not
    // mapped is passed over. Errors: no_memory (a mapping had to be divided), without effect
    Result<VirtAddr> unmap_some(VirtAddr begin, VirtAddr end);
    // Changes what the range permits; afterwards revoke_some() must go over it.
    // Errors: bad_address (a page is not mapped), no_right, no_memory - without effect
    Result<> protect(VirtAddr begin, VirtAddr end, std::uint64_t permitted);

    // Takes access to a part of [begin, end), which is not empty, back from what the harts know,
    // until it is asked for again; returns where it has stopped.
    VirtAddr revoke_some(VirtAddr begin, VirtAddr end, std::uint64_t access);
    void revoke(VirtAddr begin, VirtAddr end, std::uint64_t access);

    // Clones a part of the mappings from `at` on into an address space that has nothing there,
    // unless what is at `at` has been begun. Errors: no_memory, bad_argument
    struct Progress {
        VirtAddr at;
        bool is_begun;
    };
    Result<Progress> clone_some(AddressSpace& target, Progress from);

    // The frame behind a user address, brought in if need be; exactly what a fault would do.
    // Errors: bad_address, no_memory, lease_fault (a pager has to be asked first)
    Result<PhysAddr> resolve(VirtAddr address, std::uint64_t access);

    // The memory behind a user address that must not move any more, and its frame; for a message
    // buffer. Errors: bad_address, no_memory, lease_fault
    struct Pinned {
        Reference<Memory> memory;
        PhysAddr frame;
    };
    Result<Pinned> pin(VirtAddr address);

    // Whom to ask for a page, when resolve() said lease_fault. Without a pager: nobody any more.
    Memory::Question question_about(VirtAddr address);

    std::uint64_t satp() const { return satp_; }

    // The hart has switched to this address space. One without an identifier of its own is never
    // `visited`: what the hart holds under the shared one may be somebody else's.
    [[gnu::always_inline]] void enter(Hart const& hart)
    {
        if ((visited.load(std::memory_order_relaxed) & hart.bit) == 0) [[unlikely]]
            visit(hart);
    }

    std::atomic<std::uint64_t> visited{0};  // bits of the harts that may hold translations

private:
    [[gnu::always_inline]] void visit(Hart const& hart)
    {
        if ((satp_ & arch::Satp::asid_mask) == 0)
            return arch::flush_all_translations();
        visited.fetch_or(hart.bit, std::memory_order_seq_cst);  // pairs with flush()
        arch::fence_all();
        arch::flush_all_translations();
    }

    struct Order {
        static VirtAddr of(Mapping const& mapping) { return mapping.start; }
    };

    // An entry of a page table, and how many tables are below it.
    struct Entry {
        arch::Pte* pte;
        unsigned level;
    };

    Mapping const* find(VirtAddr address) const;
    Mapping* first_overlap(VirtAddr begin, VirtAddr end) const;
    VirtAddr room_after(VirtAddr from, std::uint64_t bytes) const;
    Result<VirtAddr> find_room(std::uint64_t pages);
    Result<Mapping*> make_mapping(VirtAddr start, MapRequest const& request);
    Result<Mapping*> place(MapRequest const& request);
    Result<PhysAddr> enter_page(VirtAddr address, std::uint64_t access, Entry entry);
    [[gnu::noinline]] Result<Mapping*> divide(Mapping& mapping, VirtAddr at);
    [[gnu::noinline]] Result<> isolate(VirtAddr begin, VirtAddr end);
    void add(Mapping& mapping);
    void forget(Mapping& mapping);
    void forget_until(Mapping& mapping, VirtAddr end);
    Result<Mapping*> begin_clone(Mapping const& mapping, VirtAddr at, AddressSpace& target);
    Entry entry_at(VirtAddr address) const;
    [[gnu::noinline]] Result<Entry> entry_for(VirtAddr address, unsigned level);
    [[gnu::noinline]] void flush(VirtAddr begin, VirtAddr end);

    Process& owner_;
    SpinLock lock_;  // guards what follows, and the page tables; comes before any memory's
    PhysAddr root_{};
    PhysAddr last_table_{};  // below the root; their books lead from one to the next
    std::uint64_t satp_ = 0;
    VirtAddr next_free_ = user_free_begin;
    std::uint64_t found_bytes_ = 0;  // since next_free_ began at the start
    OrderedTree<Mapping, &Mapping::link, Order> mappings_;
};

}  // namespace kernel
