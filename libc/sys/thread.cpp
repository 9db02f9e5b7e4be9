#include "libc/sys/thread.hpp"
#include "lib/sys/message_buffer.hpp"
#include "lib/sys/start_info.hpp"
#include "lib/sys/syscalls.hpp"
#include "libc/sys/errno.hpp"
#include "libc/sys/thread_memory.hpp"
#include <algorithm>
#include <atomic>
#include <errno.h>
#include <sched.h>
#include <utility>

// musl's: held by a thread that ends until it needs its stack no more.
extern "C" std::uint32_t volatile __thread_list_lock;

namespace libc {
namespace {

constexpr int only_process = 1;
std::atomic<int> threads_made = 0;

constinit thread_local std::uint32_t volatile* address_to_clear = &__thread_list_lock;

// What a new thread finds on its stack.
struct Start {
    int (*function)(void*);
    void* argument;
    posix::SignalThread* signals;
};

[[noreturn]] void start_thread(Start const* start)
{
    if (&begin_thread != nullptr)
        begin_thread(start->signals);
    start->function(start->argument);
    end_thread();
}

// Takes the new thread's message buffer and its Start from the upper end of its stack.
class StackTop {
public:
    explicit StackTop(void* stack) : address_{sys::address_of(stack)} {}

    template <class T>
    T* take()
    {
        constexpr std::uint64_t alignment = std::max(alignof(T), stack_alignment);
        address_ = (address_ - sizeof(T)) / alignment * alignment;
        return reinterpret_cast<T*>(address_);
    }

private:
    std::uint64_t address_;
};

abi::ThreadParameters parameters_for(Start& start, void* thread_pointer, abi::MessageBuffer& buffer)
{
    return {
        .entry = reinterpret_cast<std::uint64_t>(&start_thread),
        .stack_pointer = sys::address_of(&start),
        .thread_pointer = sys::address_of(thread_pointer),
        .global_pointer = global_pointer(),
        .argument = sys::address_of(&start),
        .message_buffer = sys::address_of(&buffer),
        .priority = sys::start_info().priority,
    };
}

// What the very last instructions of a thread need, in registers: its stack may be gone, or taken
// by a joiner, as soon as the word is cleared.
struct Departure {
    std::uint32_t volatile* word{};
    std::uint64_t address{};     // of pages to unmap first
    std::uint64_t page_count{};  // 0: none
};

[[noreturn]] void depart(Departure const& departure)
{
    register std::uint64_t a0 asm("a0") = sys::own_process;
    register std::uint64_t a1 asm("a1") = departure.address;
    register std::uint64_t a2 asm("a2") = departure.page_count;
    register std::uint64_t s1 asm("s1") = reinterpret_cast<std::uint64_t>(departure.word);
    register std::uint64_t s2 asm("s2") = abi::number(abi::Syscall::unmap);
    register std::uint64_t s3 asm("s3") = abi::number(abi::Syscall::futex_wake);
    register std::uint64_t s4 asm("s4") = abi::number(abi::Syscall::thread_exit);
    asm volatile("beqz a2, 1f\n"
                 "mv a7, s2\n"
                 "ecall\n"
                 "1: fence rw, w\n"  // all that this thread wrote is visible to who sees the zero
                 "sw zero, 0(s1)\n"
                 "mv a0, s1\n"
                 "li a1, 1\n"
                 "mv a7, s3\n"
                 "ecall\n"
                 "mv a7, s4\n"
                 "ecall\n"
                 :
                 : "r"(a0), "r"(a1), "r"(a2), "r"(s1), "r"(s2), "r"(s3), "r"(s4)
                 : "memory");
    std::unreachable();
}

}  // namespace

int take_thread_id()
{
    int const first = &first_thread_number != nullptr ? first_thread_number() : only_process;
    for (;;) {
        int const number = first + ++threads_made % process_numbers * process_numbers;
        if (number != first && (&has_thread == nullptr || !has_thread(number)))
            return number;
    }
}

long set_address_to_clear(Arguments const& arguments)
{
    address_to_clear = pointer<std::uint32_t volatile>(arguments[0]);
    return only_process;
}

// The first thread's stack is nobody else's, so it can be the one that stays.
void end_thread()
{
    if (&leave_thread != nullptr && !leave_thread()) {
        std::atomic_thread_fence(std::memory_order_release);
        *address_to_clear = 0;
        (void)sys::futex_wake(const_cast<std::uint32_t*>(address_to_clear), 1);
        hear_signals();
    }
    depart({.word = address_to_clear});
}

}  // namespace libc

// musl's pthread_create and posix_spawn. The child of the latter is a copy, where Linux lets it
// share the memory and its stack: what it tells its parent goes through a pipe.
extern "C" int __clone(int (*function)(void*), void* stack, int flags, void* argument,
                       int* thread_id, void* thread_pointer, int*)
{
    if ((flags & CLONE_THREAD) == 0)
        return &libc::spawn == nullptr ? -ENOSYS
                                       : static_cast<int>(libc::spawn(function, argument));

    libc::StackTop top{stack};
    auto& buffer = *top.take<abi::MessageBuffer>();
    auto& start = *top.take<libc::Start>();
    // musl reads it in both threads, so it has to be there before the new one runs.
    int const number = *thread_id = libc::take_thread_id();
    bool const has_signals = &libc::announce_thread != nullptr;
    if (has_signals)
        libc::hold_signals();
    start = {function, argument, has_signals ? libc::announce_thread(number) : nullptr};
    auto* const signals = start.signals;
    sys::set_message_buffer(thread_pointer, buffer);

    auto thread =
        sys::thread_create(sys::own_process, libc::parameters_for(start, thread_pointer, buffer));
    int const result = thread ? number : -libc::to_errno(thread.error());
    if (has_signals) {
        libc::know_thread(signals, std::move(thread));
        libc::let_signals_in();
    }
    return result;
}

// A detached thread gives back its own stack, and ends.
extern "C" [[noreturn]] void __unmapself(void* address, std::size_t length_bytes)
{
    if (&libc::leave_thread != nullptr)
        (void)libc::leave_thread();
    libc::depart({.word = libc::address_to_clear,
                  .address = sys::address_of(address),
                  .page_count = length_bytes / abi::page_size});
}
