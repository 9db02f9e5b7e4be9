#include "tests/kernel/child.hpp"
#include "lib/elf/format.hpp"
#include "lib/sys/memory.hpp"
#include "lib/sys/start_info.hpp"
#include "tests/kernel/threads.hpp"
#include <cstring>

extern "C" elf::FileHeader const __ehdr_start;

namespace test {

namespace {

constexpr std::uint64_t copy_window = 0x3e'0000'0000;  // where pages for a child are filled
constexpr std::uint64_t stack_begin = 0x3f'0000'0000;
constexpr std::uint64_t stack_pages = 8;

constinit World world{};

void map_into(HandleValue process, HandleValue memory, std::uint64_t address, std::uint64_t pages,
              sys::ProtectionBits protection)
{
    must(sys::map({process, memory, address, 0, pages, protection}));
}

sys::ProtectionBits protection_of(std::uint32_t flags)
{
    return sys::protect_read | ((flags & elf::flag_write) != 0 ? sys::protect_write : 0) |
           ((flags & elf::flag_execute) != 0 ? sys::protect_execute : 0);
}

[[noreturn]] void run_entry(std::uint64_t entry_and_argument)
{
    auto const* const pair = reinterpret_cast<std::uint64_t const*>(entry_and_argument);
    reinterpret_cast<Entry>(pair[0])(pair[1]);
    sys::exit(0);
}

}  // namespace

void prepare_children(HandleValue log_root)
{
    auto memory = must(sys::memory_create(abi::MemoryKind::anonymous, 1));
    map_into(sys::own_process, memory.value(), sys::address_of(&shared()), 1,
             sys::protect_read | sys::protect_write);
    world.shared_memory = memory.release();
    world.log_root = log_root;
}

HandleValue given(std::size_t index) { return world.given.at(index); }

Child::Child(ChildOptions const& options)
    : process_{must(sys::process_create(
          {options.payer, options.quota_bytes, 256, options.priority, options.flags}))},
      ended_{must(sys::notification_create())}, priority_{options.priority}
{
    must(sys::process_watch(process_.value(), ended_.value(), 1));
    world_.shared_memory = must(sys::process_grant(process_.value(), world.shared_memory));
    if (world.log_root != 0)
        world_.log_root = must(sys::process_grant(process_.value(), world.log_root));
}

Child::~Child()
{
    if (process_)
        (void)sys::process_kill(process_.value(), 0);
}

void Child::give(HandleValue handle, sys::Rights rights)
{
    world_.given.at(world_.given_count++) =
        must(sys::process_grant(process_.value(), handle, rights));
}

void Child::give_first(HandleValue handle)
{
    world_.given[0] = must(sys::process_grant(process_.value(), handle));
}

void Child::copy_pages(std::uint64_t begin, std::uint64_t end, sys::ProtectionBits protection)
{
    std::uint64_t const pages = (end - begin) / abi::page_size;
    auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, pages));
    map_into(sys::own_process, memory.value(), copy_window, pages,
             sys::protect_read | sys::protect_write);
    std::memcpy(reinterpret_cast<void*>(copy_window), reinterpret_cast<void const*>(begin),
                end - begin);
    must(sys::unmap(sys::own_process, copy_window, pages));
    map_into(process_.value(), memory.value(), begin, pages, protection);
}

void Child::copy_image()
{
    auto const base = sys::address_of(&__ehdr_start);
    auto const* const headers =
        reinterpret_cast<elf::ProgramHeader const*>(base + __ehdr_start.program_header_offset);
    for (std::size_t i = 0; i < __ehdr_start.program_header_count; i++) {
        elf::ProgramHeader const& header = headers[i];
        if (header.type != elf::SegmentType::load)
            continue;
        std::uint64_t const begin = header.address / abi::page_size * abi::page_size;
        std::uint64_t const end = header.address + header.memory_bytes;
        copy_pages(begin, sys::pages_for(end) * abi::page_size, protection_of(header.flags));
    }
}

// The start information, with the child's own handles, and the first message buffer.
void Child::make_start_pages()
{
    auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, 2));
    map_into(sys::own_process, memory.value(), copy_window, 2,
             sys::protect_read | sys::protect_write);
    auto& info = *reinterpret_cast<abi::StartInfo*>(copy_window);
    info = {.magic = abi::StartInfo::magic_value, .timebase_hz = sys::start_info().timebase_hz};
    info.priority = priority_;
    if (world_.log_root != 0) {
        info.grant_count = 1;
        std::strcpy(info.grants[0].name, "log");
        info.grants[0].handle = world_.log_root;
    }
    std::strcpy(info.name, "case");
    must(sys::unmap(sys::own_process, copy_window, 2));
    map_into(process_.value(), memory.value(), abi::StartInfo::address, 2,
             sys::protect_read | sys::protect_write);
}

void Child::start(Entry entry, std::uint64_t argument)
{
    static constinit std::uint64_t call[2];
    call[0] = reinterpret_cast<std::uint64_t>(entry);
    call[1] = argument;
    World const mine = std::exchange(world, world_);
    copy_image();
    world = mine;
    make_start_pages();
    map_into(process_.value(), world.shared_memory, sys::address_of(&shared()), 1,
             sys::protect_read | sys::protect_write);
    auto const stack = must(sys::memory_create(abi::MemoryKind::anonymous, stack_pages));
    map_into(process_.value(), stack.value(), stack_begin, stack_pages,
             sys::protect_read | sys::protect_write);
    abi::ThreadParameters const parameters{
        .entry = reinterpret_cast<std::uint64_t>(&run_entry),
        .stack_pointer = stack_begin + stack_pages * abi::page_size,
        .thread_pointer = abi::first_message_buffer,
        .global_pointer = global_pointer(),
        .argument = sys::address_of(call),
        .message_buffer = abi::first_message_buffer,
        .priority = priority_,
    };
    (void)must(sys::thread_create(process_.value(), parameters));
}

abi::ProcessInfo Child::wait_for_end(Where where)
{
    wait_for(ended_, where);
    return info();
}

void expect_exception(abi::ProcessInfo const& info, std::uint64_t cause, Where where)
{
    expect(info.reason == abi::EndReason::exception, where);
    expect_equal(info.cause, cause, where);
}

}  // namespace test
