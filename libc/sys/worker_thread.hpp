// Threads for server pools. A worker starts at its pool's entry for each call with an empty stack,
// but it is a thread to the C library all the time: its own variables and errno stay, malloc works.
#pragma once
#include "abi/message.hpp"
#include "lib/base/result.hpp"
#include <cstddef>

namespace sys {

struct WorkerThread {
    void* thread_pointer{};
    abi::MessageBuffer* buffer{};
    void* stack_top{};
};

inline constexpr std::size_t default_worker_stack_bytes = 64 * 1024;

// Memory for a worker, ready to run. It is never given back: workers live as long as their process.
// The page below the stack is not mapped.
Result<WorkerThread> make_worker_thread(std::size_t stack_bytes = default_worker_stack_bytes);

// Makes a worker and adds it to the pool.
Result<> create_worker_thread(abi::HandleValue pool,
                              std::size_t stack_bytes = default_worker_stack_bytes);

}  // namespace sys
