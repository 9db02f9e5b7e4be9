// A ring in memory of its own, with both ends. The memory ends where the last item does, so that
// the address sanitizer sees each access behind it.
#pragma once
#include "lib/ring/consumer.hpp"
#include "lib/ring/producer.hpp"
#include "tests/unit/ring/host_link.hpp"
#include <cstring>
#include <memory>
#include <vector>

struct SharedRing {
    struct Item {
        std::uint64_t number;
        std::uint64_t check;
    };
    using Producer = ring::Producer<Item, HostLink>;
    using Consumer = ring::Consumer<Item, HostLink>;

    explicit SharedRing(std::size_t items)
        : size_bytes{sizeof(ring::Control) + items * sizeof(Item)}, bytes{allocate(size_bytes)}
    {
    }

    static Item item(std::uint64_t number) { return {number, ~number}; }

    std::span<std::byte> memory() { return {bytes.get(), size_bytes}; }
    ring::Control& control() { return *ring::View::over(memory(), sizeof(Item))->control; }

    Producer producer(std::uint32_t looks = 0)
    {
        return Producer::create(memory(), HostLink{room, items}, looks).value();
    }
    Consumer consumer(std::uint32_t looks = 0)
    {
        return Consumer::create(memory(), HostLink{items, room}, looks).value();
    }

    static std::byte* allocate(std::size_t size)
    {
        void* const memory = ::operator new(size, alignment);
        return static_cast<std::byte*>(std::memset(memory, 0, size));
    }
    struct Free {
        void operator()(std::byte* memory) const { ::operator delete(memory, alignment); }
    };
    static constexpr std::align_val_t alignment{alignof(ring::Control)};

    std::size_t size_bytes;
    std::unique_ptr<std::byte, Free> bytes;
    HostNotification items;  // the consumer waits for it
    HostNotification room;   // the producer waits for it
};
