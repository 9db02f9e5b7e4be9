// The simulated machine's memory, and what the kernel keeps in it.
//
// What is free cannot be touched (with the address sanitizer), or holds a pattern that no pointer
// has. The allocators' functions are wrapped by the linker for that.
#pragma once
#include "kernel/kernel.hpp"
#include <span>

namespace model {

using kernel::system;  // not stdlib.h's

inline constexpr std::uint64_t arena_address = 0x2000'0000'0000;
inline constexpr std::uint64_t most_frames = 1024;

// A structure that the kernel has allocated from one of its slabs.
struct Room {
    void* address;
    kernel::Slab* slab;
};

// All of it is copied by snapshots.
struct Books {
    static constexpr std::size_t most_rooms = 2048;
    Room rooms[most_rooms];
    std::size_t room_count = 0;
    std::uint64_t frame_count = 0;  // how much memory the machine has
};
extern Books books;

// Empty memory of so many frames, for the kernel's allocator.
void prepare_memory(std::uint64_t frames);
kernel::FrameAllocator::Book* allocator_books();

std::span<Room const> rooms();

}  // namespace model
