// Boot: which memory there is, who has it, and where a device is that the kernel itself uses.
#include "kernel/boot/machine.hpp"
#include "kernel/debug/report.hpp"
#include "kernel/kernel.hpp"

namespace kernel::boot {

namespace {

Span pages_within(device_tree::Range range)
{
    return {round_up(range.address, page_size), round_down(range.address + range.size, page_size)};
}

Span pages_around(device_tree::Range range)
{
    return {round_down(range.address, page_size), round_up(range.address + range.size, page_size)};
}

void add_all(Spans& spans, device_tree::Node const& node, Span (*round)(device_tree::Range))
{
    for (std::size_t i = 0; auto const range = node.reg(i); i++)
        spans.add(round(*range));
}

// The frame allocator's, in the first free place that is large enough.
Span place_books(Spans const& memory, Spans const& taken, std::uint64_t bytes)
{
    Span found{};
    for_each_free(memory, taken, [&](Span span) {
        if (found.end == 0 && span.end - span.begin >= bytes)
            found = {span.begin, span.begin + bytes};
    });
    if (found.end == 0)
        debug::panic("no room for the books of the frame allocator");
    return found;
}

}  // namespace

Spans find_memory(device_tree::Tree const& tree)
{
    Spans memory;
    for (device_tree::Node const& node : tree.root().children())
        if (node.text("device_type") == "memory" && node.enabled())
            add_all(memory, node, pages_within);
    return memory;
}

Spans find_reserved(device_tree::Tree const& tree)
{
    Spans reserved;
    for (std::size_t i = 0; auto const range = tree.reservation(i); i++)
        reserved.add(pages_around(*range));
    if (auto const parent = tree.find("/reserved-memory"))
        for (device_tree::Node const& node : parent->children())
            add_all(reserved, node, pages_around);
    return reserved;
}

PhysAddr find_test_device(device_tree::Tree const& tree)
{
    for (device_tree::Node const& node : tree)
        if (node.is_compatible("sifive,test0"))
            return PhysAddr{node.physical_range().value_or(device_tree::Range{}).address};
    return {};
}

void start_memory(device_tree::Tree const& tree, Image const& image, Span device_tree)
{
    Spans const memory = find_memory(tree);
    Spans taken = find_reserved(tree);
    taken.add({image.begin, image.archive_end});
    taken.add(device_tree);
    if (memory.empty())
        debug::panic("the device tree describes no memory");

    system.ram_begin = ~std::uint64_t{};
    for (Span const& bank : memory) {
        system.ram_begin = std::min(system.ram_begin, bank.begin);
        system.ram_end = std::max(system.ram_end, bank.end);
    }
    std::uint64_t const frames = (system.ram_end - system.ram_begin) / page_size;
    Span const books =
        place_books(memory, taken, round_up(frames * sizeof(FrameAllocator::Book), page_size));
    taken.add(books);
    system.frames.initialise(PhysAddr{system.ram_begin}, PhysAddr{system.ram_end},
                             direct<FrameAllocator::Book>(PhysAddr{books.begin}));
    for_each_free(memory, taken,
                  [](Span span) { system.frames.add(PhysAddr{span.begin}, PhysAddr{span.end}); });
    system.kernel_bytes = image.archive_end - image.begin + books.end - books.begin;
}

}  // namespace kernel::boot
