// Threads, pools and calls, without the C library: a thread pointer here is the address of the
// thread's message buffer.
#pragma once
#include "lib/sys/call.hpp"
#include "tests/kernel/child.hpp"

namespace test {

std::uint64_t global_pointer();

// The calling thread's.
inline abi::MessageBuffer& own_buffer()
{
    return *static_cast<abi::MessageBuffer*>(__builtin_thread_pointer());
}

// A stack and a message buffer, never given back.
abi::ThreadParameters new_thread_memory();

// A thread of this process; it ends when `entry` returns.
void start_thread(Entry entry, std::uint64_t argument = 0);
void start_thread(Entry entry, std::uint64_t argument, std::uint32_t priority);
// On the harts with a bit in `harts`; 0: on any.
Handle start_thread_with_handle(Entry entry, std::uint64_t argument, std::uint32_t priority,
                                std::uint64_t harts = 0);

inline constexpr std::uint64_t first_hart = 1;  // the bits of harts
// Another hart than the first, or the first if there is no other.
std::uint64_t other_hart();
// Runs `entry(other_hart())` on that hart alone, before all others there, until it returns. No
// other hart wakes up meanwhile, unless it is given work.
void on_hart(std::uint64_t hart, Entry entry);

// A thread in a process whose memory is a clone of this one's, made now. That alone gives it no
// handles.
void start_clone(HandleValue process, Entry entry, std::uint64_t argument = 0);

// What a worker runs; it never returns.
using Service = void (*)(std::uint64_t badge, std::uint64_t header, std::uint64_t label,
                         std::uint64_t word0, std::uint64_t word1, std::uint64_t word2,
                         std::uint64_t word3);

Handle make_pool(Service service, abi::PoolOptions const& options = {});
void add_worker(Handle const& pool);
Handle make_endpoint(Handle const& pool, std::uint64_t badge = 0);
// An endpoint of a new pool with workers.
Handle serve(Service service, std::uint64_t badge = 0, std::size_t workers = 1,
             abi::PoolOptions const& options = {});

// The same for a service that cannot take events: its endpoint is never closed, whatever becomes of
// the handle.
Handle serve_calls(Service service, std::uint64_t badge = 0, std::size_t workers = 1);

// The same in a child, which stays a server; it is given other things from given(1) on.
Handle start_server(Child& child, Service service, std::uint64_t badge = 0, std::size_t workers = 1,
                    abi::PoolOptions const& options = {});
// Waits until the process ends.
[[noreturn]] void stay();

struct Answer {
    Status status{};
    sys::Registers registers{};
};
Answer call(HandleValue endpoint, sys::Registers const& message = {});
inline Answer call(Handle const& endpoint, sys::Registers const& message = {})
{
    return call(endpoint.value(), message);
}

inline bool is_event(std::uint64_t header)
{
    return (header & abi::MessageHeader::event_flag) != 0;
}

// A service that answers with the message itself.
void echo(std::uint64_t badge, std::uint64_t header, std::uint64_t label, std::uint64_t word0,
          std::uint64_t word1, std::uint64_t word2, std::uint64_t word3);
// A service that counts its calls in shared().word[200], waits for shared().word[201], and echoes.
void echo_when_told(std::uint64_t badge, std::uint64_t header, std::uint64_t label,
                    std::uint64_t word0, std::uint64_t word1, std::uint64_t word2,
                    std::uint64_t word3);
inline std::atomic<std::uint64_t>& calls_begun() { return shared().word[200]; }
inline std::atomic<std::uint64_t>& may_answer() { return shared().word[201]; }

}  // namespace test
