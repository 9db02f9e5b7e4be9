// Boot: the harts and their interrupts.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/sbi.hpp"
#include "kernel/arch/riscv64/traps.hpp"
#include "kernel/boot/machine.hpp"
#include "kernel/debug/report.hpp"
#include "kernel/kernel.hpp"

extern "C" {
extern char secondary_entry[];

// Where entry.S finds what the harts that it meets are to be.
struct HartStart {
    std::uint64_t id;
    kernel::Hart* hart;
};
HartStart hart_starts[8]{};
static_assert(kernel::max_harts <= 8);
}

namespace kernel::boot {

namespace {

constexpr unsigned stack_order = 2;  // 16 KiB
constexpr std::uint32_t supervisor_external = 9;

void add_hart(std::uint64_t id)
{
    if (system.hart_count == max_harts)
        return;
    Hart& hart = system.harts[system.hart_count];
    hart.id = id;
    hart.index = system.hart_count;
    hart.bit = 1ull << hart.index;
    hart.idle_offset = hart.index * sizeof(Pool::IdleSlot);
    system.hart_count++;
}

// A hart without an MMU (a monitor core) is not for us.
bool is_usable(device_tree::Node const& node)
{
    std::string_view const mmu = node.text("mmu-type");
    return node.text("device_type") == "cpu" && node.enabled() && !mmu.empty() &&
           mmu != "riscv,none";
}

bool has_extension(std::string_view isa, std::string_view name)
{
    return isa.find(name) != std::string_view::npos;
}

Hart* hart_with_id(std::uint64_t id)
{
    for (std::size_t i = 0; i < system.hart_count; i++)
        if (system.harts[i].id == id)
            return &system.harts[i];
    return nullptr;
}

// How many identifiers satp keeps of those that are written to it.
std::uint64_t count_asids()
{
    std::uint64_t const before = arch::Satp::read();
    arch::Satp::write(before | arch::Satp::asid_mask);
    std::uint64_t const kept =
        (arch::Satp::read() & arch::Satp::asid_mask) >> arch::Satp::asid_shift;
    arch::Satp::write(before);
    arch::flush_all_translations();
    return kept + 1;
}

device_tree::Node plic_node(device_tree::Tree const& tree)
{
    for (device_tree::Node const& node : tree)
        if (node.is_compatible("riscv,plic0") || node.is_compatible("sifive,plic-1.0.0"))
            return node;
    debug::panic("the device tree describes no PLIC");
}

// Each context of a PLIC is wired to the interrupt controller of a hart, as a cause.
void set_contexts(device_tree::Node const& plic)
{
    auto const wires = plic.property("interrupts-extended").value_or(device_tree::Property{});
    for (std::uint32_t context = 0; auto const cause = wires.cell(2 * context + 1); context++) {
        auto const controller = plic.find_phandle(wires.cell(2 * context).value_or(0));
        auto const cpu = controller ? controller->parent() : std::nullopt;
        auto const id = cpu ? cpu->reg() : std::nullopt;
        Hart const* const hart = id ? hart_with_id(id->address) : nullptr;
        if (*cause == supervisor_external && hart != nullptr)
            system.plic.set_context(hart->index, context);
    }
}

}  // namespace

void find_harts(device_tree::Tree const& tree, std::uint64_t boot_hart)
{
    auto const cpus = tree.find("/cpus");
    if (!cpus)
        debug::panic("the device tree describes no harts");
    system.timebase_hz = cpus->cell("timebase-frequency").value_or(10'000'000);
    system.has_sstc = true;
    add_hart(boot_hart);
    for (device_tree::Node const& node : cpus->children()) {
        if (!is_usable(node))
            continue;
        auto const id = node.reg();
        if (id && id->address != boot_hart)
            add_hart(id->address);
        bool const sstc = has_extension(node.text("riscv,isa"), "_sstc") ||
                          has_extension(node.text("riscv,isa-extensions"), "sstc");
        system.has_sstc = system.has_sstc && sstc;
    }
    constexpr std::uint64_t quanta_per_second = 100;
    system.scheduler.quantum = system.timebase_hz / quanta_per_second;
    system.asids.initialise(count_asids());
}

Span find_plic(device_tree::Tree const& tree)
{
    auto const range = plic_node(tree).physical_range();
    if (!range)
        debug::panic("the PLIC has no registers");
    return {range->address, range->address + range->size};
}

void start_interrupts(device_tree::Tree const& tree, Span plic)
{
    device_tree::Node const node = plic_node(tree);
    system.plic.initialise(PhysAddr{plic.begin}, node.cell("riscv,ndev").value_or(31));
    set_contexts(node);
}

void start_this_hart()
{
    Hart& hart = this_hart();
    arch::Sscratch::write(0);
    arch::Stvec::write(reinterpret_cast<std::uint64_t>(trap_entry));
    arch::Scounteren::write(arch::Scounteren::cycle_time_instret);
    arch::Sstatus::clear(arch::Sstatus::spp | arch::Sstatus::fs_mask | arch::Sstatus::vs_mask |
                         arch::Sstatus::sum | arch::Sstatus::mxr);
    arch::Sstatus::set(arch::Sstatus::spie);
    system.plic.open(hart.index);
    arch::Sie::write(arch::Sie::software | arch::Sie::timer | arch::Sie::external);
    hart.stamp = arch::Cycle::read();
    hart.timers.seed(hart.stamp * 0x9e3779b97f4a7c15u);
    hart.online = true;
    system.scheduler.sample(hart);
}

void start_other_harts(Image const& image)
{
    std::uint64_t const entry =
        reinterpret_cast<std::uint64_t>(secondary_entry) - image_base + image.begin;
    for (std::size_t i = 0; i < system.hart_count; i++) {
        Hart& hart = system.harts[i];
        if (hart.online)
            continue;
        auto const stack = system.frames.allocate(stack_order);
        if (!stack)
            debug::panic("no memory for the stack of a hart");
        hart.stack_top =
            reinterpret_cast<std::uint64_t>(direct<char>(*stack)) + (page_size << stack_order);
        hart_starts[i].id = hart.id;
        std::atomic_ref{hart_starts[i].hart}.store(&hart, std::memory_order_release);
        arch::sbi::start_hart(hart.id, entry, 0);
    }
}

}  // namespace kernel::boot

namespace kernel {

extern "C" [[noreturn]] void secondary_main()
{
    arch::Satp::write(system.kernel_satp());
    arch::flush_all_translations();
    Hart& hart = this_hart();
    system.lock.lock(hart);
    boot::start_this_hart();
    leave_kernel(hart);
}

}  // namespace kernel
