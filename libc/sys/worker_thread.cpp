#include "libc/sys/worker_thread.hpp"
#include "lib/sys/memory.hpp"
#include "lib/sys/message_buffer.hpp"
#include "libc/sys/thread.hpp"
#include "libc/sys/thread_memory.hpp"

// Added to musl: libc/musl/overlay/src/thread/os_thread.c.
extern "C" std::size_t __os_thread_size();
extern "C" void* __os_thread_init(void* memory, void* stack, std::size_t stack_bytes, int id);

namespace sys {
namespace {

constexpr std::size_t round_up(std::size_t bytes, std::size_t alignment)
{
    return (bytes + alignment - 1) / alignment * alignment;
}

// The kernel leaves a page free below, so a stack that grows too large ends the process.
Result<std::span<std::byte>> map_for_good(std::size_t bytes)
{
    auto const memory = TRY(Memory::create(pages_for(bytes)));
    auto mapping = TRY(memory.map());
    return mapping.release();
}

}  // namespace

// From below: the stack, musl's data, the message buffer.
Result<WorkerThread> make_worker_thread(std::size_t stack_bytes)
{
    std::size_t const data_bytes = round_up(__os_thread_size(), libc::stack_alignment);
    auto const memory = TRY(map_for_good(stack_bytes + data_bytes + sizeof(abi::MessageBuffer)));

    std::byte* const buffer = memory.data() + memory.size() - sizeof(abi::MessageBuffer);
    std::byte* const data = buffer - data_bytes;
    auto const stack_size = static_cast<std::size_t>(data - memory.data());
    WorkerThread const worker{
        .thread_pointer = __os_thread_init(data, data, stack_size, libc::take_thread_id()),
        .buffer = reinterpret_cast<abi::MessageBuffer*>(buffer),
        .stack_top = data,
    };
    set_message_buffer(worker.thread_pointer, *worker.buffer);
    return worker;
}

Result<> create_worker_thread(abi::HandleValue pool, std::size_t stack_bytes)
{
    auto const worker = TRY(make_worker_thread(stack_bytes));
    abi::ThreadParameters const parameters{
        .stack_pointer = address_of(worker.stack_top),
        .thread_pointer = address_of(worker.thread_pointer),
        .global_pointer = libc::global_pointer(),
        .message_buffer = address_of(worker.buffer),
        .pool = pool,
    };
    TRY(thread_create(own_process, parameters));
    return {};
}

}  // namespace sys
