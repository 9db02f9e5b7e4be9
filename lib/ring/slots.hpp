// The places of a ring's items.
#pragma once
#include "lib/ring/control.hpp"
#include <array>
#include <atomic>
#include <bit>
#include <type_traits>

namespace ring {

// Anything that can be copied word by word. What arrives may be any bits at all: an item is checked
// like a message from a stranger.
template <class T>
concept Item = std::is_trivially_copyable_v<T> && sizeof(T) % sizeof(std::uint64_t) == 0;

// Each word is read once, so that what was checked does not change any more.
template <Item T>
class Slots {
public:
    explicit Slots(View const& view) : words_{view.words}, mask_{view.capacity - 1} {}

    void write(std::uint32_t position, T const& item) const
    {
        auto const words = std::bit_cast<Words>(item);
        std::uint64_t* const slot = slot_at(position);
        for (std::size_t i = 0; i < words.size(); ++i)
            std::atomic_ref{slot[i]}.store(words[i], std::memory_order_relaxed);
    }

    T read(std::uint32_t position) const
    {
        Words words;
        std::uint64_t* const slot = slot_at(position);
        for (std::size_t i = 0; i < words.size(); ++i)
            words[i] = std::atomic_ref{slot[i]}.load(std::memory_order_relaxed);
        return std::bit_cast<T>(words);
    }

private:
    using Words = std::array<std::uint64_t, sizeof(T) / sizeof(std::uint64_t)>;

    std::uint64_t* slot_at(std::uint32_t position) const
    {
        return words_ + std::size_t{position & mask_} * std::tuple_size_v<Words>;
    }

    std::uint64_t* words_;
    std::uint32_t mask_;
};

}  // namespace ring
