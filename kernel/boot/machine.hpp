// What the kernel has to know of the machine before it can run anything, from the device tree.
#pragma once
#include "kernel/debug/report.hpp"
#include "kernel/mm/layout.hpp"
#include "lib/device_tree/tree.hpp"
#include <array>

namespace kernel::boot {

struct Span {
    std::uint64_t begin;
    std::uint64_t end;
};

// A short list of physical address ranges.
class Spans {
public:
    void add(Span span)
    {
        if (span.begin >= span.end)
            return;
        if (count_ == spans_.size())
            debug::panic("the device tree has more memory ranges than the kernel can keep");
        spans_[count_++] = span;
    }
    Span const* begin() const { return spans_.data(); }
    Span const* end() const { return spans_.data() + count_; }
    bool empty() const { return count_ == 0; }

private:
    std::array<Span, 32> spans_{};
    std::size_t count_ = 0;
};

struct Image {
    std::uint64_t begin;       // physical, of the kernel
    std::uint64_t kernel_end;  // the boot archive begins here
    std::uint64_t archive_end;
};

// Calls visit(Span) for each part of `banks` that none of `taken` covers.
template <class Visit>
void for_each_free(Spans const& banks, Spans const& taken, Visit visit)
{
    for (Span const& bank : banks) {
        for (std::uint64_t at = bank.begin; at < bank.end;) {
            std::uint64_t end = bank.end;
            std::uint64_t resume = bank.end;
            for (Span const& span : taken) {
                if (span.end <= at || span.begin >= end)
                    continue;
                end = span.begin > at ? span.begin : at;
                resume = span.end;
            }
            if (at < end)
                visit(Span{at, end});
            at = resume;
        }
    }
}

Spans find_memory(device_tree::Tree const& tree);
// Firmware's and the tree's own reservations.
Spans find_reserved(device_tree::Tree const& tree);

// The device by which a failure ends an emulator with a status ("sifive,test0"), if there is one.
PhysAddr find_test_device(device_tree::Tree const& tree);

// Gives all memory that is left to the frame allocator.
void start_memory(device_tree::Tree const& tree, Image const& image, Span device_tree);
// Builds the kernel's own page table and switches to it: nothing is writable and executable.
void start_kernel_table(Spans const& memory, Image const& image, Span plic);

// Fills in system.harts, this hart first, and what the harts have in common.
void find_harts(device_tree::Tree const& tree, std::uint64_t boot_hart);
void start_interrupts(device_tree::Tree const& tree, Span plic);
Span find_plic(device_tree::Tree const& tree);
// Prepares the calling hart for threads.
void start_this_hart();
// Starts the others; they wait for work.
void start_other_harts(Image const& image);

// Makes the first process out of the boot archive's `init`.
void start_init(Image const& image, Span device_tree);

}  // namespace kernel::boot
