// The system calls as typed functions, one each; `call` and `reply` are in call.hpp. docs/abi.md
// lists the errors. New handles come back as owners; everything else is passed by value.
#pragma once
#include "lib/sys/ecall.hpp"
#include "lib/sys/handle.hpp"
#include <cstddef>
#include <span>

namespace sys {

using abi::Rights;
using abi::Syscall;
using abi::Ticks;

inline constexpr HandleValue own_process = 0;  // wherever a process is an argument
inline constexpr HandleValue own_thread = 0;   // of interrupt() and upcall()

inline std::uint64_t address_of(void const* object)
{
    return reinterpret_cast<std::uint64_t>(object);
}

inline Result<Handle> with_handle(EcallResult const& result)
{
    if (result.status != Status::ok)
        return fail(result.status);
    return Handle{static_cast<HandleValue>(result.first)};
}

using abi::rights;

// Calls that are answered later.

// Turns the call that this worker serves into a record, to be answered by `complete`.
inline Result<Handle> detach() { return with_handle(ecall(Syscall::detach)); }

// The register words are all that fits; more is in this thread's message buffer. The record is
// used up.
inline Result<> complete(HandleValue record, abi::MessageHeader header, Status status,
                         std::span<std::uint64_t const, abi::register_words> words)
{
    return without_value(ecall(Syscall::complete, record, header.bits,
                               static_cast<std::uint64_t>(status), words[0], words[1], words[2],
                               words[3]));
}

// Leased memory of the caller; record 0 means the call that this worker serves.

inline Result<std::size_t> lease_read(HandleValue record, std::size_t index, std::uint64_t offset,
                                      std::span<std::byte> destination)
{
    return with_value<std::size_t>(ecall(Syscall::lease_read, record, index, offset,
                                         address_of(destination.data()), destination.size()));
}

inline Result<std::size_t> lease_write(HandleValue record, std::size_t index, std::uint64_t offset,
                                       std::span<std::byte const> source)
{
    return with_value<std::size_t>(ecall(Syscall::lease_write, record, index, offset,
                                         address_of(source.data()), source.size()));
}

// Handles.

inline Result<> close(HandleValue handle) { return without_value(ecall(Syscall::close, handle)); }

inline Result<Handle> duplicate(HandleValue handle, Rights rights = abi::all_rights)
{
    return with_handle(ecall(Syscall::duplicate, handle, rights));
}

// Notifications.

inline Result<Handle> notification_create()
{
    return with_handle(ecall(Syscall::notification_create));
}

inline Result<> signal(HandleValue notification, std::uint64_t bits)
{
    return without_value(ecall(Syscall::signal, notification, bits));
}

// `flags`: 0 or abi::wait_shielded.
inline Result<std::uint64_t> wait(HandleValue notification, Ticks deadline = abi::never,
                                  std::uint64_t flags = 0)
{
    return with_value<std::uint64_t>(ecall(Syscall::wait, notification, deadline, flags));
}

inline Result<std::uint64_t> poll(HandleValue notification)
{
    return with_value<std::uint64_t>(ecall(Syscall::poll, notification));
}

inline Result<> arm(HandleValue notification, std::uint64_t bits, Ticks time, Ticks period = 0)
{
    return without_value(ecall(Syscall::arm, notification, bits, time, period));
}

// Pools and endpoints.

inline Result<> bind(HandleValue pool, HandleValue notification, std::uint64_t badge)
{
    return without_value(ecall(Syscall::bind, pool, notification, badge));
}

inline Result<Handle> pool_create(std::uint64_t entry, std::uint32_t priority,
                                  abi::PoolOptions const& options = {})
{
    return with_handle(ecall(Syscall::pool_create, entry, priority, options.flags,
                             options.min_budget, options.handles_per_call));
}

inline Result<Handle> endpoint_create(HandleValue pool, std::uint64_t badge)
{
    return with_handle(ecall(Syscall::endpoint_create, pool, badge));
}

inline Result<> revoke(HandleValue endpoint)
{
    return without_value(ecall(Syscall::revoke, endpoint));
}

// From now on, what this worker makes is paid for by its caller, as far as that lent quota; returns
// the bytes that are left of it. It ends with the call.
inline Result<std::uint64_t> charge_caller(bool on)
{
    return with_value<std::uint64_t>(ecall(Syscall::charge_caller, on ? 1 : 0));
}

// Memory.

inline Result<Handle> memory_create(abi::MemoryKind kind, std::uint64_t page_count)
{
    return with_handle(ecall(Syscall::memory_create, std::to_underlying(kind), page_count));
}

// Protections are sums of abi::Protection values.
using ProtectionBits = std::uint64_t;
inline constexpr ProtectionBits protect_read = std::to_underlying(abi::Protection::read);
inline constexpr ProtectionBits protect_write = std::to_underlying(abi::Protection::write);
inline constexpr ProtectionBits protect_execute = std::to_underlying(abi::Protection::execute);

struct MapRequest {
    HandleValue process = own_process;
    HandleValue memory{};
    std::uint64_t address{};  // 0: where there is room
    std::uint64_t first_page{};
    std::uint64_t page_count{};
    ProtectionBits protection = protect_read;
};

inline Result<std::uint64_t> map(MapRequest const& request)
{
    return with_value<std::uint64_t>(ecall(Syscall::map, request.process, request.memory,
                                           request.address, request.first_page, request.page_count,
                                           request.protection, 0));
}

inline Result<> unmap(HandleValue process, std::uint64_t address, std::uint64_t page_count)
{
    return without_value(ecall(Syscall::unmap, process, address, page_count));
}

inline Result<> protect(HandleValue process, std::uint64_t address, std::uint64_t page_count,
                        ProtectionBits protection)
{
    return without_value(ecall(Syscall::protect, process, address, page_count, protection));
}

inline Result<std::uint64_t> memory_dma_address(HandleValue dma_space, HandleValue memory,
                                                std::uint64_t page_index)
{
    return with_value<std::uint64_t>(
        ecall(Syscall::memory_dma_address, dma_space, memory, page_index));
}

inline Result<std::uint64_t> memory_size(HandleValue memory)
{
    return with_value<std::uint64_t>(ecall(Syscall::memory_size, memory));
}

// A copy of the pages, in memory of our own; a page is copied when one of the two is written. The
// clone is charged for all of them at once.
inline Result<Handle> memory_clone(HandleValue memory, std::uint64_t first_page,
                                   std::uint64_t page_count)
{
    return with_handle(ecall(Syscall::memory_clone, memory, first_page, page_count, 0, 0));
}

// Gives the target, which has nothing mapped there, the mappings of the source: those made with
// map_shared are shared, the others cloned on the target's quota.
inline Result<> space_clone(HandleValue source, HandleValue target)
{
    return without_value(ecall(Syscall::space_clone, source, target, 0, 0));
}

// For pagers. The answer to a call for a page is `ok`, after the page was supplied.

// Memory whose pages come from calls to the endpoint: see abi::PagerWant.
inline Result<Handle> paged_memory_create(std::uint64_t page_count, HandleValue pager)
{
    return with_handle(ecall(Syscall::memory_create, std::to_underlying(abi::MemoryKind::paged),
                             page_count, pager));
}

// Pages of one memory become pages of the paged one. Moved, they are no longer in the former;
// otherwise both have the same. At most 64 pages.
struct SupplyRequest {
    HandleValue paged{};
    std::uint64_t page{};
    HandleValue memory{};
    std::uint64_t memory_page{};
    std::uint64_t page_count = 1;
    std::uint64_t flags{};  // abi::supply_moved, abi::supply_writable
};

inline Result<> memory_supply(SupplyRequest const& request)
{
    return without_value(ecall(Syscall::memory_supply, request.paged, request.page, request.memory,
                               request.memory_page, request.page_count, request.flags));
}

// The pages are as if they had never been touched: zero, or the pager's to bring in.
inline Result<> memory_discard(HandleValue memory, std::uint64_t page, std::uint64_t page_count)
{
    return without_value(ecall(Syscall::memory_discard, memory, page, page_count, 0));
}

// Whether pages that are there may be written, or the pager is asked first.
inline Result<> memory_allow_writes(HandleValue paged, std::uint64_t page, std::uint64_t page_count,
                                    bool allowed)
{
    return without_value(
        ecall(Syscall::memory_allow_writes, paged, page, page_count, allowed ? 1 : 0, 0));
}

// Processes and threads.

struct ProcessRequest {
    HandleValue payer = own_process;
    std::uint64_t quota_bytes{};
    std::uint64_t handle_slots{};
    std::uint32_t priority_ceiling{};
    std::uint64_t flags{};  // 0 or abi::process_draws
};

inline Result<Handle> process_create(ProcessRequest const& request)
{
    return with_handle(ecall(Syscall::process_create, request.payer, request.quota_bytes,
                             request.handle_slots, request.priority_ceiling, request.flags));
}

// Gives the target, which has no handles, no threads and as many slots, the handles of the source
// that may be duplicated, at the same values.
inline Result<> handles_clone(HandleValue source, HandleValue target)
{
    return without_value(ecall(Syscall::handles_clone, source, target));
}

// The result is a handle in `process`, not here.
inline Result<HandleValue> process_grant(HandleValue process, HandleValue handle,
                                         Rights rights = abi::all_rights)
{
    return with_value<HandleValue>(ecall(Syscall::process_grant, process, handle, rights));
}

inline Result<> process_kill(HandleValue process, std::uint64_t exit_code)
{
    return without_value(ecall(Syscall::process_kill, process, exit_code));
}

inline Result<abi::ProcessInfo> process_info(HandleValue process)
{
    abi::ProcessInfo info;
    TRY(without_value(ecall(Syscall::process_info, process, address_of(&info))));
    return info;
}

inline Result<> process_watch(HandleValue process, HandleValue notification, std::uint64_t bits)
{
    return without_value(ecall(Syscall::process_watch, process, notification, bits));
}

// `endpoint` is called, with registers only, when a thread of the process faults; 0: nobody is.
inline Result<> fault_handler(HandleValue process, HandleValue endpoint)
{
    return without_value(ecall(Syscall::fault_handler, process, endpoint));
}

inline Result<Handle> thread_create(HandleValue process, abi::ThreadParameters const& parameters)
{
    return with_handle(ecall(Syscall::thread_create, process, address_of(&parameters)));
}

// Ends the thread's wait, or the waits of those that work for it, with `interrupted`.
inline Result<> interrupt(HandleValue thread)
{
    return without_value(ecall(Syscall::interrupt, thread));
}

// Sends the thread to its handler, if it has one (lib/sys/upcall.hpp): when it is free to go, or at
// once, if `flags` is abi::upcall_abandons and it is in a call.
inline Result<> upcall(HandleValue thread, std::uint64_t bits, std::uint64_t flags = 0)
{
    return without_value(ecall(Syscall::upcall, thread, bits, flags));
}

// The calling thread's registers are those in its Upcall from now on. Returns if there are bits.
inline void upcall_return(std::uint64_t entry) { ecall(Syscall::upcall_return, entry); }

inline Result<> schedule(HandleValue thread_or_pool, abi::SchedulingParameters const& parameters)
{
    return without_value(ecall(Syscall::schedule, thread_or_pool, address_of(&parameters)));
}

// How long the slice has run so far, in this process and in all that were called on it.
inline Result<Ticks> time_on_slice(HandleValue thread_or_pool)
{
    return with_value<Ticks>(ecall(Syscall::schedule, thread_or_pool, 0));
}

[[noreturn]] inline void thread_exit()
{
    ecall(Syscall::thread_exit);
    std::unreachable();
}

[[noreturn]] inline void exit(std::uint64_t code)
{
    ecall(Syscall::exit, code);
    std::unreachable();
}

inline void yield() { ecall(Syscall::yield); }
inline void nop() { ecall(Syscall::nop); }

// Devices and the machine; `root` needs the right that belongs to the call.

inline Result<Handle> interrupt_create(HandleValue root, std::uint32_t source,
                                       HandleValue notification, std::uint64_t bits)
{
    return with_handle(ecall(Syscall::interrupt_create, root, source, notification, bits));
}

inline Result<> interrupt_complete(HandleValue interrupt)
{
    return without_value(ecall(Syscall::interrupt_complete, interrupt));
}

inline Result<Handle> device_memory_create(HandleValue root, std::uint64_t physical_address,
                                           std::uint64_t page_count)
{
    return with_handle(ecall(Syscall::device_memory_create, root, physical_address, page_count));
}

inline Result<Handle> dma_space_create(HandleValue root)
{
    return with_handle(ecall(Syscall::dma_space_create, root));
}

inline Result<> write_log(HandleValue root, std::span<char const> text)
{
    return without_value(ecall(Syscall::log, root, address_of(text.data()), text.size()));
}

inline Result<> power(HandleValue root, abi::PowerAction action)
{
    return without_value(ecall(Syscall::power, root, std::to_underlying(action)));
}

inline Result<abi::KernelInfo> kernel_info(HandleValue root)
{
    abi::KernelInfo info;
    TRY(without_value(ecall(Syscall::kernel_info, root, address_of(&info))));
    return info;
}

// Futexes.

// `owner`: the thread of this process that holds the lock and is to be helped, or 0.
inline Result<> futex_wait(std::uint32_t const* word, std::uint32_t expected,
                           Ticks deadline = abi::never, HandleValue owner = 0)
{
    return without_value(ecall(Syscall::futex_wait, address_of(word), expected, deadline, owner));
}

inline Result<std::uint64_t> futex_wake(std::uint32_t const* word, std::uint64_t greatest_count)
{
    return with_value<std::uint64_t>(ecall(Syscall::futex_wake, address_of(word), greatest_count));
}

}  // namespace sys
