// Blob: the bytes of a flattened device tree (Devicetree Specification v0.4, chapter 5).
//
// parse() walks the whole structure once. After it, every item that can be reached lies inside the
// blob, names end inside it and nesting is at most max_depth, so readers need no stack and no heap.
// The bytes must not change while the blob is in use.
#pragma once
#include "lib/base/result.hpp"
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace device_tree {

using Bytes = std::span<std::byte const>;
using Offset = std::uint32_t;  // in bytes, from the start of the structure block

inline constexpr std::size_t max_depth = 16;

// The 32-bit big-endian number at `position`, or 0 where the bytes end before it.
std::uint32_t big_endian_32(Bytes bytes, std::size_t position);

// The zero-terminated string at `position`; without a terminator it ends with the bytes.
std::string_view string_at(Bytes bytes, std::size_t position);

// `text` up to the first `delimiter`, or all of it.
std::string_view before(std::string_view text, char delimiter);

enum class Token : std::uint32_t { begin_node = 1, end_node = 2, property = 3, nop = 4, end = 9 };

// One item of the structure block: a token with what belongs to it.
struct Item {
    Token token = Token::end;
    Offset offset = 0;
    Offset next = 0;  // where the following item starts
};

class Blob {
public:
    // Errors: corrupt - not a device tree, or one that contradicts itself
    //         not_supported - another version of the format, or nodes nested too deeply
    static Result<Blob> parse(Bytes bytes);

    // The first item at or after `offset` that is no padding; Token::end where the block ends.
    Item item_at(Offset offset) const;

    std::string_view node_name(Offset node) const { return string_at(structure_, node + 4); }
    std::string_view property_name(Offset property) const;
    Bytes property_value(Offset property) const;

    Bytes reservations() const { return reservations_; }
    std::uint32_t total_bytes() const { return total_bytes_; }

private:
    Result<> check_structure() const;

    Bytes structure_;
    Bytes strings_;
    Bytes reservations_;
    std::uint32_t total_bytes_ = 0;
};

}  // namespace device_tree
