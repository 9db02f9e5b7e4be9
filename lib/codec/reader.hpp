// Reads structs and lists of a single-segment Cap'n Proto message in place.
//
// Nothing read through these classes leaves the segment, whatever its bytes say: what does not fit
// reads as the default. `check` (check.hpp) says beforehand whether a message is well formed, so
// that a hostile one is refused instead of being read as something else. Readers point into the
// segment and are valid as long as it is.
#pragma once
#include "lib/base/result.hpp"
#include "lib/codec/pointer.hpp"
#include "lib/codec/scalar.hpp"
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>

namespace codec {

using Segment = std::span<Word const>;
using Bytes = std::span<std::byte const>;

class StructReader;
class ListReader;

// What a pointer of the segment leads to. A null pointer leads to the default: an empty object.
// Errors: bad_message
Result<StructReader> resolve_struct(Segment segment, Word const* pointer);
Result<ListReader> resolve_list(Segment segment, Word const* pointer, ElementSize expected);
Result<Bytes> resolve_bytes(Segment segment, Word const* pointer);
Result<std::string_view> resolve_text(Segment segment, Word const* pointer);

namespace detail {

// The scalar at `first`.
template <Scalar T>
T load(std::byte const* first, T fallback)
{
    return from_wire<T>(load_aligned<WireType<T>>(first), fallback);
}

}  // namespace detail

// A struct, or an element of a list that is read as one.
class StructReader {
public:
    struct Place {
        std::byte const* data{};
        std::uint32_t data_bytes{};
        std::uint32_t pointer_count{};
        Word const* pointers{};
    };

    StructReader() = default;  // every field has its default
    StructReader(Segment segment, Place place) : segment_{segment}, place_{place} {}

    // The struct whose data section these words are.
    static StructReader from_words(std::span<Word const> words)
    {
        auto bytes = std::as_bytes(words);
        return {{}, {bytes.data(), static_cast<std::uint32_t>(bytes.size()), 0, nullptr}};
    }

    // `index` counts in units of T, as the schema's field offsets do.
    template <Scalar T>
    T get(std::uint32_t index, T fallback = {}) const
    {
        if ((std::uint64_t{index} + 1) * sizeof(T) > place_.data_bytes)
            return fallback;
        return detail::load<T>(place_.data + index * sizeof(T), fallback);
    }

    bool get_bit(std::uint32_t index, bool fallback = false) const
    {
        if (index / 8 >= place_.data_bytes)
            return fallback;
        auto byte = std::to_integer<unsigned>(place_.data[index / 8]);
        return ((byte >> (index % 8) & 1) != 0) != fallback;
    }

    std::string_view text(std::uint32_t index, std::string_view fallback = {}) const;
    Bytes data(std::uint32_t index) const;
    StructReader structure(std::uint32_t index) const;
    ListReader list(std::uint32_t index, ElementSize expected) const;
    // The place in the message's list of handles; nothing for a null capability.
    std::optional<std::uint32_t> capability(std::uint32_t index) const;

    Segment segment() const { return segment_; }
    // The pointer word, or nothing where the sender's struct is shorter than ours.
    Word const* pointer(std::uint32_t index) const
    {
        return index < place_.pointer_count ? place_.pointers + index : nullptr;
    }
    std::uint32_t data_bytes() const { return place_.data_bytes; }

private:
    Segment segment_;
    Place place_;
};

class ListReader {
public:
    struct Place {
        std::byte const* first{};
        std::uint32_t count{};
        std::uint32_t step_bits{};      // from one element to the next
        std::uint32_t data_bytes{};     // of an element read as a struct
        std::uint32_t pointer_count{};  // of an element, behind its data
    };

    ListReader() = default;  // empty
    ListReader(Segment segment, Place place) : segment_{segment}, place_{place} {}

    std::uint32_t size() const { return place_.count; }

    // An index past the end reads as zero.
    template <Scalar T>
    T get(std::uint32_t index) const
    {
        if (index >= place_.count || sizeof(T) > place_.data_bytes)
            return T{};
        return detail::load<T>(element(index), T{});
    }

    bool get_bit(std::uint32_t index) const;
    std::string_view text(std::uint32_t index) const;
    Bytes data(std::uint32_t index) const;
    StructReader structure(std::uint32_t index) const;

    Segment segment() const { return segment_; }
    // The first pointer of an element, or nothing.
    Word const* pointer(std::uint32_t index) const;
    // What reading all elements costs: elements without words count as one each.
    std::uint64_t words() const
    {
        if (place_.step_bits == 0)
            return place_.count;
        return (std::uint64_t{place_.count} * place_.step_bits + 63) / 64;
    }

private:
    std::byte const* element(std::uint32_t index) const
    {
        return place_.first + std::uint64_t{index} * place_.step_bits / 8;
    }

    Segment segment_;
    Place place_;
};

}  // namespace codec
