// mmap, munmap and mprotect.
#pragma once
#include "lib/sys/syscalls.hpp"
#include "libc/sys/arguments.hpp"
#include <cstdint>

namespace libc {

// No mapping makes the process have more than that of it; ~0: no limit. What
// was there at the program's start is not counted.
void limit_memory(std::uint64_t bytes);
std::uint64_t memory_limit();

// Anonymous memory.
long map_memory(Arguments const& arguments);
long unmap_memory(Arguments const& arguments);
long protect_memory(Arguments const& arguments);

// Another memory object in the place of an anonymous one. `is_shared`: with children, too.
struct MappedObject {
    sys::HandleValue memory{};
    std::uint64_t first_page{};
    bool is_shared = false;
};
long map_object(Arguments const& arguments, MappedObject const& object);

}  // namespace libc
