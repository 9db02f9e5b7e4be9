// Boot: the kernel's own page table, which every address space shares in its upper half.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/boot/machine.hpp"
#include "kernel/debug/report.hpp"
#include "kernel/kernel.hpp"

extern "C" char image_start[], text_end[], rodata_end[], image_end[];

namespace kernel::boot {

using arch::PageTable;
using arch::Pte;

namespace {

constexpr std::uint64_t read_only = Pte::read | Pte::global;
constexpr std::uint64_t read_write = read_only | Pte::write;
constexpr std::uint64_t read_execute = read_only | Pte::execute;

PageTable* new_table()
{
    auto const frame = system.frames.allocate_zeroed();
    if (!frame)
        debug::panic("no memory for the kernel's page table");
    return direct<PageTable>(*frame);
}

// Maps a page of 4 KiB << 9 * level.
void map_page(std::uint64_t address, std::uint64_t target, unsigned level, std::uint64_t flags)
{
    PageTable* table = system.kernel_table;
    for (unsigned at = 2; at > level; at--) {
        Pte& entry = table->entry[PageTable::index(address, at)];
        if (!entry.is_valid())
            entry = Pte::make(physical(new_table()), Pte::global);
        table = direct<PageTable>(entry.address());
    }
    table->entry[PageTable::index(address, level)] = Pte::leaf(PhysAddr{target}, flags);
}

// The kernel's pages by what they are for; its text is not writable by any address.
std::uint64_t image_flags(std::uint64_t linked)
{
    if (linked < reinterpret_cast<std::uint64_t>(text_end))
        return read_execute;
    if (linked < reinterpret_cast<std::uint64_t>(rodata_end))
        return read_only;
    return read_write;
}

std::uint64_t direct_flags(std::uint64_t address, Image const& image)
{
    if (address < image.begin || address >= image.kernel_end)
        return read_write;
    return image_flags(address - image.begin + image_base) & ~Pte::execute;
}

// Maps memory at the direct map with the largest pages that fit and do not touch the image.
void map_bank(Span bank, Image const& image)
{
    for (std::uint64_t at = bank.begin; at < bank.end;) {
        unsigned level = 2;
        for (; level > 0; level--) {
            std::uint64_t const size = page_size << (9 * level);
            bool const fits = at % size == 0 && at + size <= bank.end;
            bool const is_image = at < image.kernel_end && at + size > image.begin;
            if (fits && !is_image)
                break;
        }
        map_page(direct_map + at, at, level, direct_flags(at, image));
        at += page_size << (9 * level);
    }
}

}  // namespace

void start_kernel_table(Spans const& memory, Image const& image, Span plic)
{
    system.kernel_table = new_table();
    for (Span const& bank : memory)
        map_bank(bank, image);
    for (std::uint64_t at = image.begin; at < image.kernel_end; at += page_size) {
        std::uint64_t const linked = at - image.begin + image_base;
        map_page(linked, at, 0, image_flags(linked));
    }
    constexpr std::uint64_t large_page = page_size * PageTable::entries;
    for (std::uint64_t at = round_down(plic.begin, large_page); at < plic.end; at += large_page)
        map_page(direct_map + at, at, 1, read_write);
    if (std::uint64_t const at = system.test_device.value; at != 0)
        map_page(direct_map + at, at, 0, read_write);
    // Entries of the root must not appear later: address spaces copy them once.
    arch::Satp::write(system.kernel_satp());
    asm volatile("sfence.vma" : : : "memory");
}

}  // namespace kernel::boot
