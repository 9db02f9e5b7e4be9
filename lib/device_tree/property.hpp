// Property: a name and a value; how the value is to be read, only its user knows.
#pragma once
#include "lib/device_tree/blob.hpp"
#include <optional>

namespace device_tree {

struct Property {
    std::string_view name;
    Bytes value;

    std::size_t cell_count() const { return value.size() / 4; }

    std::optional<std::uint32_t> cell(std::size_t index) const
    {
        if (index >= cell_count())
            return std::nullopt;
        return big_endian_32(value, 4 * index);
    }

    // The number that `count` cells from `first` on hold, most significant first. None if the value
    // ends before, or if it needs more than 64 bits.
    std::optional<std::uint64_t> number(std::size_t first, std::size_t count) const;

    // The first string; empty if there is none.
    std::string_view text() const { return string_at(value, 0); }

    // Whether `wanted` is one of the strings in the value.
    bool has_text(std::string_view wanted) const;
};

}  // namespace device_tree
