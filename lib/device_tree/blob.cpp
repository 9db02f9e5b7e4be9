#include "lib/device_tree/blob.hpp"
#include <algorithm>
#include <optional>

namespace device_tree {

namespace {

constexpr std::uint32_t magic = 0xd00dfeed;
constexpr std::uint32_t format_version = 17;  // the one that the specification describes
constexpr std::size_t reservation_bytes = 16;

// Byte positions in the header.
constexpr std::size_t header_bytes = 40;
constexpr std::size_t total_size_field = 4;
constexpr std::size_t structure_offset_field = 8;
constexpr std::size_t strings_offset_field = 12;
constexpr std::size_t reservations_offset_field = 16;
constexpr std::size_t version_field = 20;
constexpr std::size_t compatible_version_field = 24;
constexpr std::size_t strings_size_field = 32;
constexpr std::size_t structure_size_field = 36;

constexpr std::size_t padded(std::size_t length) { return (length + 3) & ~std::size_t{3}; }

std::optional<Bytes> part(Bytes bytes, std::size_t offset, std::size_t size)
{
    if (offset > bytes.size() || size > bytes.size() - offset)
        return std::nullopt;
    return bytes.subspan(offset, size);
}

// The memory reservations before the entry of zeros that ends them.
std::optional<Bytes> reservations_at(Bytes bytes, std::size_t offset)
{
    if (offset > bytes.size())
        return std::nullopt;
    Bytes rest = bytes.subspan(offset);
    for (std::size_t end = 0; end + reservation_bytes <= rest.size(); end += reservation_bytes) {
        Bytes entry = rest.subspan(end, reservation_bytes);
        if (std::ranges::all_of(entry, [](std::byte b) { return b == std::byte{0}; }))
            return rest.first(end);
    }
    return std::nullopt;
}

// So that every string that starts inside ends inside.
Bytes without_unterminated_tail(Bytes strings)
{
    while (!strings.empty() && strings.back() != std::byte{0})
        strings = strings.first(strings.size() - 1);
    return strings;
}

}  // namespace

std::uint32_t big_endian_32(Bytes bytes, std::size_t position)
{
    if (position > bytes.size() || bytes.size() - position < 4)
        return 0;
    std::byte const* at = bytes.data() + position;
    return std::to_integer<std::uint32_t>(at[0]) << 24 |
           std::to_integer<std::uint32_t>(at[1]) << 16 |
           std::to_integer<std::uint32_t>(at[2]) << 8 | std::to_integer<std::uint32_t>(at[3]);
}

std::string_view string_at(Bytes bytes, std::size_t position)
{
    if (position >= bytes.size())
        return {};
    Bytes rest = bytes.subspan(position);
    return before({reinterpret_cast<char const*>(rest.data()), rest.size()}, '\0');
}

std::string_view before(std::string_view text, char delimiter)
{
    return text.substr(0, text.find(delimiter));
}

Result<Blob> Blob::parse(Bytes bytes)
{
    if (bytes.size() < header_bytes || big_endian_32(bytes, 0) != magic)
        return fail(Status::corrupt);
    if (big_endian_32(bytes, version_field) < format_version ||
        big_endian_32(bytes, compatible_version_field) > format_version)
        return fail(Status::not_supported);

    Blob blob;
    blob.total_bytes_ = big_endian_32(bytes, total_size_field);
    if (blob.total_bytes_ > bytes.size())
        return fail(Status::corrupt);
    bytes = bytes.first(blob.total_bytes_);

    auto structure = part(bytes, big_endian_32(bytes, structure_offset_field),
                          big_endian_32(bytes, structure_size_field));
    auto strings = part(bytes, big_endian_32(bytes, strings_offset_field),
                        big_endian_32(bytes, strings_size_field));
    auto reservations = reservations_at(bytes, big_endian_32(bytes, reservations_offset_field));
    if (!structure || !strings || !reservations)
        return fail(Status::corrupt);

    blob.structure_ = *structure;
    blob.strings_ = without_unterminated_tail(*strings);
    blob.reservations_ = *reservations;
    TRY(blob.check_structure());
    return blob;
}

Item Blob::item_at(Offset offset) const
{
    std::size_t position = offset;
    while (big_endian_32(structure_, position) == std::to_underlying(Token::nop))
        position += 4;

    std::size_t next = position + 4;
    auto token = static_cast<Token>(big_endian_32(structure_, position));
    switch (token) {
    case Token::begin_node:
        next += padded(string_at(structure_, next).size() + 1);
        break;
    case Token::property:
        next += 8 + padded(big_endian_32(structure_, next));
        break;
    case Token::end_node:
        break;
    default:
        return {};
    }
    if (next > structure_.size())
        return {};
    return {token, static_cast<Offset>(position), static_cast<Offset>(next)};
}

std::string_view Blob::property_name(Offset property) const
{
    return string_at(strings_, big_endian_32(structure_, property + 8));
}

Bytes Blob::property_value(Offset property) const
{
    return structure_.subspan(property + 12, big_endian_32(structure_, property + 4));
}

// One root without a name, nodes that nest, properties that have names.
Result<> Blob::check_structure() const
{
    std::size_t depth = 0;
    Item item = item_at(0);
    if (item.token != Token::begin_node || !node_name(item.offset).empty())
        return fail(Status::corrupt);

    do {
        if (item.token == Token::end)
            return fail(Status::corrupt);
        if (item.token == Token::begin_node && ++depth > max_depth)
            return fail(Status::not_supported);
        if (item.token == Token::end_node)
            --depth;
        if (item.token == Token::property && property_name(item.offset).empty())
            return fail(Status::corrupt);
        item = item_at(item.next);
    } while (depth > 0);
    return {};
}

}  // namespace device_tree
