// check: is a received message what its schema says? Done once, before anything is decoded.
#pragma once
#include "lib/codec/reader.hpp"
#include "lib/codec/shape.hpp"

namespace codec {

// What a message may cost its reader. Objects that are reached twice count twice, so pointers that
// share their targets cannot make a small message a large one.
struct Limits {
    std::uint64_t words{};         // of all objects reached; an element without words counts as one
    unsigned depth = 16;           // of pointers from the root
    std::uint32_t handle_count{};  // capabilities have to be below this, each used once at most

    // What an honest sender needs: each word reached once, and some lists of empty structs.
    static constexpr Limits for_message(Segment segment, std::uint32_t handle_count = 0)
    {
        return {.words = segment.size() + 64, .handle_count = handle_count};
    }
};

Result<StructReader> check_pointers(Segment segment, Shape const& shape, Limits limits);

// The root struct of the message. Pointers that the schema does not know are not followed.
// Errors: bad_message
inline Result<StructReader> check(Segment segment, Shape const& shape, Limits limits)
{
    if (!shape.pointers.empty() || segment.empty() || limits.depth == 0)
        return check_pointers(segment, shape, limits);
    // Mostly it is right behind its pointer.
    Pointer const root{segment.front()};
    Layout const layout = root.layout();
    bool const is_usual = root.kind() == Pointer::Kind::structure && root.offset() == 0 &&
                          layout.words() != 0 && layout.words() < segment.size() &&
                          layout.words() <= limits.words;
    if (!is_usual)
        return check_pointers(segment, shape, limits);
    auto const* const data = segment.data() + 1;
    return StructReader{segment,
                        {.data = reinterpret_cast<std::byte const*>(data),
                         .data_bytes = layout.data_words * std::uint32_t{sizeof(Word)},
                         .pointer_count = layout.pointer_count,
                         .pointers = data + layout.data_words}};
}

}  // namespace codec
