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

// The kinds of access, as bits; also what a mapping permits.
struct Access {
    static constexpr std::uint64_t read = std::to_underlying(abi::Protection::read);
    static constexpr std::uint64_t write = std::to_underlying(abi::Protection::write);
    static constexpr std::uint64_t execute = std::to_underlying(abi::Protection::execute);
    static constexpr std::uint64_t all = read | write | execute;
};

struct Mapping {
    VirtAddr start;
    std::uint64_t pages;
    Reference<Memory> memory;
    std::uint64_t first_page;  // of the memory
    std::uint64_t permitted;   // Access bits now
    std::uint64_t ceiling;     // Access bits that the handle allowed
    TreeLink<Mapping> link;

    VirtAddr end() const { return start + pages * page_size; }
};

class AddressSpace {
public:
    explicit AddressSpace(Process& owner) : owner_{owner} {}

    // Errors: no_memory
    Result<> create();
    // Forgets all mappings; frees the page tables. No hart uses it any more.
    void destroy();
    void unmap_all();

    // Errors: bad_argument (already mapped, no room), no_memory
    Result<VirtAddr> map(VirtAddr address, Memory& memory, std::uint64_t first_page,
                         std::uint64_t pages, std::uint64_t permitted, std::uint64_t ceiling);
    // Pages of the range that are not mapped are passed over. Errors: no_memory (a mapping had to
    // be divided)
    Result<> unmap(VirtAddr address, std::uint64_t pages);
    // Errors: bad_address (a page is not mapped), no_right, no_memory
    Result<> protect(VirtAddr address, std::uint64_t pages, std::uint64_t permitted);

    // The frame behind a user address, brought in if need be; exactly what a fault would do.
    // Errors: bad_address, no_memory
    Result<PhysAddr> resolve(VirtAddr address, std::uint64_t access);

    Mapping const* find(VirtAddr address) const;
    std::uint64_t satp() const { return satp_; }
    PhysAddr root() const { return root_; }

    // The hart has switched to this address space. One without an identifier of its own is never
    // `visited`: what the hart holds under the shared one may be somebody else's.
    [[gnu::always_inline]] void visit(Hart const& hart)
    {
        if ((satp_ & arch::Satp::asid_mask) == 0)
            return arch::flush_all_translations();
        visited.fetch_or(hart.bit, std::memory_order_seq_cst);  // pairs with flush()
        arch::fence_all();
        arch::flush_all_translations();
    }

    std::atomic<std::uint64_t> visited{0};  // bits of the harts that may hold translations

private:
    struct Order {
        static VirtAddr of(Mapping const& mapping) { return mapping.start; }
    };

    Mapping* first_overlap(VirtAddr begin, VirtAddr end) const;
    Result<VirtAddr> find_room(std::uint64_t pages);
    Result<Mapping*> divide(Mapping& mapping, VirtAddr at);
    Result<> isolate(VirtAddr begin, VirtAddr end);
    void forget(Mapping& mapping);
    Result<arch::Pte*> entry_for(VirtAddr address);
    arch::Pte* present_entry(VirtAddr address) const;
    void clear_entries(VirtAddr begin, VirtAddr end);
    void flush(VirtAddr begin, VirtAddr end);
    void free_tables(PhysAddr table, unsigned level);

    Process& owner_;
    PhysAddr root_{};
    std::uint64_t satp_ = 0;
    VirtAddr next_free_ = user_free_begin;
    OrderedTree<Mapping, &Mapping::link, Order> mappings_;
};

}  // namespace kernel
