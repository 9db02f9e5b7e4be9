// One pointer word of the Cap'n Proto encoding, taken apart. Says what the word says; nothing in
// here has been checked. https://capnproto.org/encoding.html
#pragma once
#include <cstdint>

namespace codec {

using Word = std::uint64_t;

// The size of a struct: words of plain data, then pointers of a word each.
struct Layout {
    std::uint16_t data_words{};
    std::uint16_t pointer_count{};

    constexpr std::uint32_t words() const { return std::uint32_t{data_words} + pointer_count; }
};

enum class ElementSize : std::uint8_t {
    none,
    bit,
    byte,
    two_bytes,
    four_bytes,
    eight_bytes,
    pointer,
    composite,
};

// Bits of plain data in one element; 0 for pointers and composites.
constexpr std::uint32_t data_bits(ElementSize size)
{
    constexpr std::uint8_t bits[] = {0, 1, 8, 16, 32, 64, 0, 0};
    return bits[static_cast<unsigned>(size)];
}

class Pointer {
public:
    enum class Kind : std::uint8_t { structure, list, far, other };

    constexpr explicit Pointer(Word bits) : bits_{bits} {}

    static constexpr Pointer to_struct(std::int64_t offset, Layout layout)
    {
        return Pointer{place(offset) | Word{layout.data_words} << 32 |
                       Word{layout.pointer_count} << 48};
    }
    static constexpr Pointer to_list(std::int64_t offset, ElementSize size, std::uint64_t count)
    {
        return Pointer{place(offset) | 1 | static_cast<Word>(size) << 32 | count << 35};
    }
    static constexpr Pointer to_capability(std::uint32_t index)
    {
        return Pointer{Word{index} << 32 | 3};
    }

    constexpr Word bits() const { return bits_; }
    constexpr bool is_null() const { return bits_ == 0; }
    constexpr Kind kind() const { return static_cast<Kind>(bits_ & 3); }

    // Words from the end of the pointer to what it points at.
    constexpr std::int64_t offset() const { return static_cast<std::int32_t>(bits_) >> 2; }

    constexpr Layout layout() const
    {
        return {static_cast<std::uint16_t>(bits_ >> 32), static_cast<std::uint16_t>(bits_ >> 48)};
    }

    constexpr ElementSize element_size() const { return static_cast<ElementSize>(bits_ >> 32 & 7); }
    // Elements of a list; of a composite one, its words without the tag.
    constexpr std::uint32_t count() const { return static_cast<std::uint32_t>(bits_ >> 35); }
    // The tag of a composite list has the number of its elements where others have an offset.
    constexpr std::uint32_t tag_count() const { return static_cast<std::uint32_t>(bits_) >> 2; }

    constexpr bool is_capability() const { return static_cast<std::uint32_t>(bits_) == 3; }
    constexpr std::uint32_t capability_index() const
    {
        return static_cast<std::uint32_t>(bits_ >> 32);
    }

private:
    static constexpr Word place(std::int64_t offset)
    {
        return static_cast<std::uint32_t>(static_cast<std::uint64_t>(offset) << 2);
    }

    Word bits_;
};

}  // namespace codec
