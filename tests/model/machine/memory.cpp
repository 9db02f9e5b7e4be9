// The simulated machine's memory. The functions called __wrap_x stand between the kernel and its x.
#include "tests/model/machine/memory.hpp"
#include "tests/model/machine/cpu.hpp"
#include <cstring>
#include <sys/mman.h>

extern "C" {
[[gnu::weak]] void __asan_poison_memory_region(void const volatile* begin, std::size_t bytes);
[[gnu::weak]] void __asan_unpoison_memory_region(void const volatile* begin, std::size_t bytes);
}

namespace model {

using namespace kernel;

Books books;

namespace {

constexpr unsigned char pattern = 0xdb;
FrameAllocator::Book frame_books[most_frames];
bool in_slab = false;

void hide(void* begin, std::size_t bytes)
{
    if (__asan_poison_memory_region != nullptr)
        __asan_poison_memory_region(begin, bytes);
    else
        std::memset(begin, pattern, bytes);
}

void show(void* begin, std::size_t bytes)
{
    if (__asan_unpoison_memory_region != nullptr)
        __asan_unpoison_memory_region(begin, bytes);
}

void forget_room(void* address, Slab& slab)
{
    for (std::size_t i = 0; i < books.room_count; i++) {
        if (books.rooms[i].address != address)
            continue;
        if (books.rooms[i].slab != &slab)
            broken("a structure goes back to another slab than it came from");
        books.rooms[i] = books.rooms[--books.room_count];
        return;
    }
    broken("a structure is freed that is not in use");
}

}  // namespace

void prepare_memory(std::uint64_t frames)
{
    auto* const arena = reinterpret_cast<void*>(arena_address);
    static bool const mapped = [arena] {
        void* const got = mmap(arena, most_frames * page_size, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
        return got == arena;
    }();
    if (!mapped || frames > most_frames)
        broken("the simulated memory is not to be had");
    show(arena, most_frames * page_size);
    std::memset(arena, pattern, frames * page_size);
    if (__asan_poison_memory_region != nullptr)
        hide(arena, frames * page_size);
    books.room_count = 0;
    books.frame_count = frames;
}

FrameAllocator::Book* allocator_books() { return frame_books; }

std::span<Room const> rooms() { return {books.rooms, books.room_count}; }

}  // namespace model

// Member functions are called like functions that take the object first (Itanium C++ ABI).
#define REAL(name) asm("__real_" name)
#define WRAPPED(name) asm("__wrap_" name)
#define SLAB_ALLOCATE "_ZN6kernel4Slab8allocateERNS_14FrameAllocatorE"
#define SLAB_FREE "_ZN6kernel4Slab4freeERNS_14FrameAllocatorEPv"
#define ALLOCATE "_ZN6kernel14FrameAllocator8allocateEj"
#define ALLOCATE_ZEROED "_ZN6kernel14FrameAllocator15allocate_zeroedEj"
#define FREE "_ZN6kernel14FrameAllocator4freeE6StrongINS_11PhysAddrTagEmEj"

namespace model {

void* real_slab_allocate(Slab*, FrameAllocator&) REAL(SLAB_ALLOCATE);
void real_slab_free(Slab*, FrameAllocator&, void*) REAL(SLAB_FREE);
Result<PhysAddr> real_allocate(FrameAllocator*, unsigned) REAL(ALLOCATE);
Result<PhysAddr> real_allocate_zeroed(FrameAllocator*, unsigned) REAL(ALLOCATE_ZEROED);
void real_free(FrameAllocator*, PhysAddr, unsigned) REAL(FREE);

void* slab_allocate(Slab*, FrameAllocator&) WRAPPED(SLAB_ALLOCATE);
void slab_free(Slab*, FrameAllocator&, void*) WRAPPED(SLAB_FREE);
Result<PhysAddr> allocate(FrameAllocator*, unsigned) WRAPPED(ALLOCATE);
Result<PhysAddr> allocate_zeroed(FrameAllocator*, unsigned) WRAPPED(ALLOCATE_ZEROED);
void free_frames(FrameAllocator*, PhysAddr, unsigned) WRAPPED(FREE);

void* slab_allocate(Slab* slab, FrameAllocator& frames)
{
    in_slab = true;
    void* const room = real_slab_allocate(slab, frames);
    in_slab = false;
    if (room == nullptr)
        return room;
    show(room, slab->bytes_);
    if (books.room_count == Books::most_rooms)
        broken("more structures than the model can count");
    books.rooms[books.room_count++] = {room, slab};
    return room;
}

void slab_free(Slab* slab, FrameAllocator& frames, void* object)
{
    forget_room(object, *slab);
    hide(object, slab->bytes_);
    real_slab_free(slab, frames, object);
}

Result<PhysAddr> allocate(FrameAllocator* frames, unsigned order)
{
    auto const address = real_allocate(frames, order);
    if (!address)
        return address;
    if (!in_slab)
        show(direct<void>(*address), page_size << order);
    return address;
}

Result<PhysAddr> allocate_zeroed(FrameAllocator* frames, unsigned order)
{
    auto const address = real_allocate_zeroed(frames, order);
    if (!address)
        return address;
    show(direct<void>(*address), page_size << order);
    return address;
}

void free_frames(FrameAllocator* frames, PhysAddr address, unsigned order)
{
    hide(direct<void>(address), page_size << order);
    real_free(frames, address, order);
}

}  // namespace model
