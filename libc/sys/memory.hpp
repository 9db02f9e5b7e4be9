// mmap, munmap and mprotect for anonymous memory.
#pragma once
#include "libc/sys/arguments.hpp"
#include <cstdint>

namespace libc {

// No mapping of anonymous memory makes the process have more than that of it; ~0: no limit. What
// was there at the program's start is not counted.
void limit_memory(std::uint64_t bytes);
std::uint64_t memory_limit();

long map_memory(Arguments const& arguments);
long unmap_memory(Arguments const& arguments);
long protect_memory(Arguments const& arguments);

}  // namespace libc
