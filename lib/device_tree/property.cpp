#include "lib/device_tree/property.hpp"

namespace device_tree {

std::optional<std::uint64_t> Property::number(std::size_t first, std::size_t count) const
{
    if (first > cell_count() || count > cell_count() - first)
        return std::nullopt;

    std::uint64_t number = 0;
    for (std::size_t index = first; index < first + count; ++index) {
        if (number >> 32 != 0)
            return std::nullopt;
        number = number << 32 | big_endian_32(value, 4 * index);
    }
    return number;
}

bool Property::has_text(std::string_view wanted) const
{
    for (std::size_t position = 0; position < value.size();) {
        std::string_view text = string_at(value, position);
        if (text == wanted)
            return true;
        position += text.size() + 1;
    }
    return false;
}

}  // namespace device_tree
