// ByteRing: bytes that wait for a reader, in memory of a fixed size.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace serial {

template <std::size_t Capacity>
class ByteRing {
public:
    bool empty() const { return count_ == 0; }
    bool full() const { return count_ == Capacity; }

    // There is room.
    void push(std::byte byte) { bytes_[(first_ + count_++) % Capacity] = byte; }

    // The oldest bytes, as many as lie in one piece, at most `most`.
    std::span<std::byte const> front(std::size_t most) const
    {
        return std::span{bytes_}.subspan(first_, std::min({count_, most, Capacity - first_}));
    }

    // Forgets the oldest `count` bytes.
    void drop(std::size_t count)
    {
        first_ = (first_ + count) % Capacity;
        count_ -= count;
    }

private:
    std::array<std::byte, Capacity> bytes_;
    std::size_t first_ = 0;
    std::size_t count_ = 0;
};

}  // namespace serial
