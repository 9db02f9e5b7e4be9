// Boot: the first process. It gets the boot archive, the device tree and all rights.
#include "abi/archive.hpp"
#include "abi/start_info.hpp"
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/boot/machine.hpp"
#include "kernel/debug/report.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/mm/user_memory.hpp"

namespace kernel::boot {

namespace {

constexpr VirtAddr stack_top = 0x3f'0000'0000;
constexpr std::uint64_t stack_pages = 64;
constexpr std::uint64_t init_handle_slots = 4096;
constexpr std::uint32_t init_priority = 24;
constexpr std::uint64_t kernel_reserve = 4 << 20;  // bytes that no quota gives away

template <class T>
T must(Result<T> result, std::string_view what)
{
    if (!result)
        debug::panic(what);
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

class Builder {
public:
    Builder(Process& process, Memory& archive, PhysAddr archive_base)
        : process_{process}, archive_{archive}, archive_base_{archive_base}
    {
    }

    // The process keeps what it maps.
    Reference<Memory> new_memory(std::uint64_t pages)
    {
        return Reference{must(make<Memory>(process_, process_, Memory::Kind::sparse, pages),
                              "no memory for init")};
    }

    void map(VirtAddr address, Memory& memory, std::uint64_t first_page, std::uint64_t pages,
             std::uint64_t access)
    {
        must(process_.space.map({.address = address,
                                 .memory = memory,
                                 .first_page = first_page,
                                 .pages = pages,
                                 .permitted = access,
                                 .ceiling = Access::all}),
             "init does not fit");
    }

    // Text and constants stay where the archive has them; what can be written is copied.
    void add_segment(abi::ArchiveSegment const& segment)
    {
        VirtAddr const begin = round_down(segment.address, page_size);
        VirtAddr const end = round_up(segment.address + segment.memory_bytes, page_size);
        std::uint64_t const pages = (end - begin) / page_size;
        constexpr std::uint64_t elf_execute = 1;
        constexpr std::uint64_t elf_write = 2;
        if ((segment.flags & elf_write) == 0) {
            bool const is_code = (segment.flags & elf_execute) != 0;
            std::uint64_t const access = Access::read | (is_code ? Access::execute : 0);
            return map(begin, archive_, segment.offset / page_size, pages, access);
        }
        map(begin, *new_memory(pages), 0, pages, Access::read | Access::write);
        auto const* const bytes = direct<std::byte const>(archive_base_) + segment.offset;
        must(write_user(process_.space, segment.address, {bytes, segment.file_bytes}),
             "no memory for init's data");
    }

    template <class T>
    void put(VirtAddr address, T const& value)
    {
        must(UserPointer<T>(process_.space, address).write(value), "no memory for init's stack");
    }

private:
    Process& process_;
    Memory& archive_;
    PhysAddr archive_base_;
};

// argc, argv, envp and auxv as the C library expects them (System V ABI, process start).
VirtAddr build_stack(Builder& builder, abi::ArchiveProgram const& program)
{
    constexpr VirtAddr top = stack_top - 512;
    constexpr char name[8] = "init";
    VirtAddr const name_address = top + 256;
    VirtAddr const random_address = top + 272;
    constexpr std::uint64_t entry_bytes = 56;
    std::uint64_t const arguments[] = {1, name_address, 0, 0};  // argc, argv, envp
    std::pair<std::uint64_t, std::uint64_t> const auxiliary[] = {
        {3, program.program_headers},       // AT_PHDR
        {4, entry_bytes},                   // AT_PHENT
        {5, program.program_header_count},  // AT_PHNUM
        {6, page_size},                     // AT_PAGESZ
        {9, program.entry},                 // AT_ENTRY
        {25, random_address},               // AT_RANDOM
        {0, 0},
    };
    builder.put(top, std::to_array(arguments));
    builder.put(top + sizeof arguments, std::to_array(auxiliary));
    builder.put(name_address, std::to_array(name));
    builder.put(random_address, arch::Time::read() * 0x9e3779b97f4a7c15u);
    builder.put(random_address + 8, arch::Cycle::read() * 0xbf58476d1ce4e5b9u);
    return top;
}

Memory& lend_range(Process& process, Span span)
{
    std::uint64_t const begin = round_down(span.begin, page_size);
    std::uint64_t const pages = (round_up(span.end, page_size) - begin) / page_size;
    return *must(make<Memory>(process, process, Memory::Kind::borrowed, pages, PhysAddr{begin}),
                 "no memory for init's handles");
}

void grant(abi::StartInfo& info, std::string_view name, HandleValue handle)
{
    abi::Grant& entry = info.grants[info.grant_count++];
    name.copy(entry.name, sizeof entry.name - 1);
    entry.handle = handle;
}

}  // namespace

void start_init(Image const& image, Span device_tree)
{
    PhysAddr const archive{image.kernel_end};
    abi::ArchiveProgram const& program = direct<abi::ArchiveHeader const>(archive)->init;

    std::uint64_t const quota = system.frames.free_frames() * page_size - kernel_reserve;
    void* const room = slab_for<Process>().allocate(system.frames);
    if (room == nullptr)
        debug::panic("no memory for init");
    Process& process = *new (room) Process{nullptr, quota, priority_count - 1};
    process.add_reference();
    must(process.create(init_handle_slots), "no memory for init");

    constexpr Rights read_only = abi::rights(Right::read, Right::duplicate);
    constexpr Rights read_execute = read_only | abi::rights(Right::execute);
    Memory& archive_memory = lend_range(process, {image.kernel_end, image.archive_end});
    Memory& tree_memory = lend_range(process, device_tree);
    Root& root = *must(make<Root>(process, process), "no memory for init");

    abi::StartInfo info{.magic = abi::StartInfo::magic_value, .timebase_hz = system.timebase_hz};
    info.priority = init_priority;
    std::string_view{"init"}.copy(info.name, sizeof info.name);
    info.process = must(install(process, process), "no handles");
    info.archive_bytes = image.archive_end - image.kernel_end;
    info.device_tree_bytes = device_tree.end - device_tree.begin;
    grant(info, "root", must(install(process, root), "no handles"));
    grant(info, "archive", must(install(process, archive_memory, read_execute), "no handles"));
    grant(info, "device_tree", must(install(process, tree_memory, read_only), "no handles"));

    Builder builder{process, archive_memory, archive};
    for (std::uint64_t i = 0; i < program.segment_count; i++)
        builder.add_segment(program.segments[i]);
    builder.map(stack_top - stack_pages * page_size, *builder.new_memory(stack_pages), 0,
                stack_pages, Access::read | Access::write);
    auto const start = builder.new_memory(2);
    builder.map(abi::StartInfo::address, *start, 0, 1, Access::read | Access::write);
    builder.map(abi::first_message_buffer, *start, 1, 1, Access::read | Access::write);
    builder.put(abi::StartInfo::address, info);
    constexpr VirtAddr info_end = abi::StartInfo::address + page_size;
    must(process.space.protect(abi::StartInfo::address, info_end, Access::read), "no memory");
    process.space.revoke(abi::StartInfo::address, info_end, Access::all);

    Thread& thread = *must(make<Thread>(process, process, nullptr, init_priority), "no memory");
    thread.x[reg::pc] = program.entry;
    thread.x[reg::sp] = build_stack(builder, program);
    PhysAddr const buffer = must(start->pin(1), "no memory");
    thread.buffer_memory = Reference{start.get()};
    thread.buffer = direct<abi::MessageBuffer>(buffer);
    thread.add_reference();
    process.threads.push_back(thread);
    process.thread_count = 1;
    thread.carrier = &thread.own_slice;
    system.scheduler.make_ready(thread);
}

}  // namespace kernel::boot
