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

// The root struct of the message. Pointers that the schema does not know are not followed.
// Errors: bad_message
Result<StructReader> check(Segment segment, Shape const& shape, Limits limits);

}  // namespace codec
