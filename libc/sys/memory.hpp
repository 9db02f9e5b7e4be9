// mmap, munmap and mprotect for anonymous memory.
#pragma once
#include "libc/sys/arguments.hpp"

namespace libc {

long map_memory(Arguments const& arguments);
long unmap_memory(Arguments const& arguments);
long protect_memory(Arguments const& arguments);

}  // namespace libc
