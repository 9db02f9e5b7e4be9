// Copies of the whole state.
#include "tests/model/machine/snapshot.hpp"
#include <cstring>

namespace model {

using kernel::page_size;

struct Snapshot::Content {
    alignas(kernel::Kernel) std::byte system[sizeof(kernel::Kernel)];
    HartState states[kernel::max_harts];
    Cpu cpus[kernel::max_harts];
    Clock clock;
    Books books;
    kernel::FrameAllocator::Book frame_books[most_frames];
    std::unique_ptr<std::byte[]> memory = std::make_unique<std::byte[]>(most_frames * page_size);
};

Snapshot::Snapshot() : content_{std::make_shared<Content>()} {}

void Snapshot::take()
{
    Content& content = *content_;
    std::memcpy(content.system, &kernel::system, sizeof kernel::system);
    std::memcpy(content.states, machine.states, sizeof content.states);
    std::memcpy(content.cpus, cpus, sizeof content.cpus);
    content.clock = machine_clock;
    std::memcpy(content.books.rooms, books.rooms, books.room_count * sizeof(Room));
    content.books.room_count = books.room_count;
    content.books.frame_count = books.frame_count;
    std::memcpy(content.frame_books, allocator_books(),
                books.frame_count * sizeof *allocator_books());
    std::memcpy(content.memory.get(), reinterpret_cast<void*>(arena_address),
                books.frame_count * page_size);
}

void Snapshot::restore() const
{
    Content const& content = *content_;
    std::memcpy(static_cast<void*>(&kernel::system), content.system, sizeof kernel::system);
    std::memcpy(machine.states, content.states, sizeof content.states);
    std::memcpy(cpus, content.cpus, sizeof content.cpus);
    machine_clock = content.clock;
    std::memcpy(books.rooms, content.books.rooms, content.books.room_count * sizeof(Room));
    books.room_count = content.books.room_count;
    books.frame_count = content.books.frame_count;
    std::memcpy(allocator_books(), content.frame_books,
                books.frame_count * sizeof *allocator_books());
    std::memcpy(reinterpret_cast<void*>(arena_address), content.memory.get(),
                books.frame_count * page_size);
}

}  // namespace model
