// The short way through `call` and `reply`: registers, plain words, leases, an idle worker at hand,
// both sides' tables known to this hart. Anything else returns null and goes the slow way,
// unchanged.
//
// No lock: an object that is reached here lives until this hart has left the kernel. trap.S calls
// these with a2 to a6 holding the message and has saved all others, so this file is compiled with
// a2 to a6 fixed and most s registers free, and must call nothing but, as its last act, load_fp().
#include "kernel/arch/riscv64/copy_words.hpp"
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/hart.hpp"
#include "kernel/ipc/lend.hpp"
#include "kernel/kernel.hpp"

namespace kernel {

namespace {

// Two results in two registers: the worker in a0, the badge in a1.
using Entry = unsigned __int128;

[[gnu::always_inline]] inline Entry make_entry(Thread* worker, std::uint64_t badge)
{
    return Entry{badge} << 64 | reinterpret_cast<std::uint64_t>(worker);
}

[[gnu::always_inline]] inline void add_cycles(Hart& hart, Thread& thread)
{
    std::uint64_t const now = arch::Cycle::read();
    thread.cycles += now - hart.stamp;
    hart.stamp = now;
}

// The hart's translations and handles are the process's from now on.
[[gnu::always_inline]] inline void enter(Hart& hart, Process& process)
{
    AddressSpace& space = process.space;
    std::uint64_t const satp = space.satp();
    arch::Satp::write(satp);
    space.enter(hart);
}

// Nothing but words; mostly not even that, which is asked first.
[[gnu::always_inline]] inline bool is_short(std::uint64_t header)
{
    if (header == 0) [[likely]]
        return true;
    asm volatile("");  // or the compiler would ask only once, in more instructions
    return header <= abi::buffer_words;
}

[[gnu::always_inline]] inline bool has_words_and_leases(abi::MessageHeader header)
{
    return header.word_count() <= abi::buffer_words &&
           header.lease_count() <= abi::max_message_leases &&
           header.bits ==
               abi::MessageHeader::make(header.word_count(), 0, 0, header.lease_count()).bits;
}

}  // namespace

extern "C" Entry fast_call(std::uint64_t handle, std::uint64_t header)
{
    constexpr Entry slow = 0;
    Hart& hart = this_hart();
    Thread* const caller = hart.current;
    CapSpace const& caps = caller->process->caps;
    auto& capability = *reinterpret_cast<Capability*>(reinterpret_cast<std::byte*>(caps.table()) +
                                                      (handle & caps.slot_mask()));
    auto const name = std::atomic_ref{capability.handle};  // see cap_space.hpp
    if (name.load(std::memory_order_relaxed) != static_cast<HandleValue>(handle)) [[unlikely]]
        return slow;
    arch::fence_loads();
    Object* const object = capability.object;
    Rights const rights = capability.rights;
    arch::fence_loads();
    if (name.load(std::memory_order_relaxed) != static_cast<HandleValue>(handle)) [[unlikely]]
        return slow;
    if (!has(rights, Right::call)) [[unlikely]]
        return slow;
    abi::MessageHeader const contents{header};
    if (!is_short(header) && !has_words_and_leases(contents)) [[unlikely]]
        return slow;

    auto* const endpoint = static_cast<Endpoint*>(object);  // nothing else has that right
    Pool* const pool = endpoint->pool;
    if (pool == nullptr) [[unlikely]]
        return slow;
    Thread* const worker =
        std::atomic_ref{pool->idle_slot(hart).worker}.exchange(nullptr, std::memory_order_acquire);
    if (worker == nullptr) [[unlikely]]
        return slow;

    // Nothing below can fail.
    caller->callee = worker;
    caller->state = Thread::State::calling;
    worker->caller = caller;
    worker->serving = endpoint;
    hart.current = worker;
    add_cycles(hart, *caller);
    if (header != 0)
        arch::copy_words(worker->buffer->words, caller->buffer->words, contents.word_count());
    if (contents.lease_count() != 0) [[unlikely]]
        ipc::lend(*caller, *worker, contents.lease_count());
    enter(hart, *worker->process);
    arch::Sstatus::clear(arch::Sstatus::fs_mask);
    arch::Sepc::write(pool->entry);
    return make_entry(worker, endpoint->badge);
}

extern "C" Thread* fast_reply(std::uint64_t /*status*/, std::uint64_t header)
{
    Hart& hart = this_hart();
    Thread* const worker = hart.current;
    Thread* const caller = worker->caller;
    if (caller == nullptr || !is_short(header)) [[unlikely]]
        return nullptr;
    if (caller->call_flags != 0) [[unlikely]] {
        if (caller->call_flags != Thread::lends_memory)
            return nullptr;
        caller->call_flags = 0;  // the call ends here, whichever way it goes on
        caller->lease_count = 0;
    }
    Pool* const pool = worker->pool;
    auto slot = std::atomic_ref{pool->idle_slot(hart).worker};
    if (slot.load(std::memory_order_relaxed) != nullptr) [[unlikely]]
        return nullptr;

    add_cycles(hart, *worker);
    if (header != 0)
        arch::copy_words(caller->buffer->words, worker->buffer->words, header);
    worker->caller = nullptr;
    caller->callee = nullptr;
    caller->state = Thread::State::running;
    hart.current = caller;
    // Release: whoever takes the worker sees it idle.
    slot.store(worker, std::memory_order_release);
    arch::fence_all();  // pairs with the fence in ipc::serve()
    bool const wanted = pool->attention != 0;
    if (wanted && slot.exchange(nullptr, std::memory_order_acquire) != nullptr) [[unlikely]] {
        worker->caller = caller;  // undone: the slow way gives the worker what waits for it
        caller->callee = worker;
        caller->state = Thread::State::calling;
        hart.current = worker;
        return nullptr;
    }

    enter(hart, *caller->process);
    Thread const* const fp_owner = hart.fp_owner;
    if (fp_owner == caller) {
        arch::Sstatus::set(arch::Sstatus::fs_dirty);
        return caller;
    }
    if (fp_owner == worker) [[unlikely]] {  // its values ended with the call
        worker->uses_fp = arch::Sstatus::read() & arch::Sstatus::fs_not_clean;
        arch::Sstatus::set(arch::Sstatus::fs_dirty);
        hart.fp_owner = caller;
        return load_fp(caller, &caller->fp);
    }
    arch::Sstatus::clear(arch::Sstatus::fs_mask);
    return caller;
}

}  // namespace kernel
