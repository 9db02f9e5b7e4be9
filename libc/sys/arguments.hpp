// A Linux system call as musl makes it.
#pragma once
#include "lib/base/result.hpp"
#include <array>
#include <time.h>

namespace libc {

using Arguments = std::array<long, 6>;

// An argument that is an address, as a pointer to what is there.
template <class T>
T* pointer(long argument)
{
    return reinterpret_cast<T*>(argument);
}

// Answers the calls that concern files. Programs that are linked with libc/posix have it.
[[gnu::weak]] long file_call(long number, Arguments const& arguments);

// The same for those that map and unmap: files that are mapped stay open.
[[gnu::weak]] long mapping_call(long number, Arguments const& arguments);

// How much CPU time the process has used. Programs that are linked with libc/posix have it.
[[gnu::weak]] Result<timespec> process_time();

using SystemCall = long (*)(long number, Arguments const& arguments);

// A child process, which runs the function with the argument; its number or an error.
[[gnu::weak]] long spawn(int (*function)(void*), void* argument);

// Makes the call, during which no signal handler runs, and delivers what arrived meanwhile.
[[gnu::weak]] long interruptible_call(SystemCall call, long number, Arguments const& arguments);

}  // namespace libc
