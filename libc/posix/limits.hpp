// How much of each resource the process may use, and has used.
#pragma once
#include "libc/sys/arguments.hpp"
#include "libc/sys/memory.hpp"
#include <sys/resource.h>

namespace posix {

inline constexpr std::uint64_t no_limit = ~std::uint64_t{0};

long process_limits(libc::Arguments const& arguments);
long resource_usage(libc::Arguments const& arguments);
long process_times(libc::Arguments const& arguments);
long get_priority(libc::Arguments const& arguments);
long set_priority(libc::Arguments const& arguments);

rusage usage_of(std::uint64_t nanoseconds);

// No write makes a file longer than that.
std::uint64_t file_size_limit();
void set_file_size_limit(std::uint64_t bytes);

}  // namespace posix
