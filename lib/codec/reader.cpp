// Accessors that fall back to the default where the message has nothing usable.
#include "lib/codec/reader.hpp"

namespace codec {

std::string_view StructReader::text(std::uint32_t index, std::string_view fallback) const
{
    auto const* place = pointer(index);
    if (place == nullptr || *place == 0)
        return fallback;
    auto found = resolve_text(segment_, place);
    return found ? *found : fallback;
}

Bytes StructReader::data(std::uint32_t index) const
{
    auto found = resolve_bytes(segment_, pointer(index));
    return found ? *found : Bytes{};
}

StructReader StructReader::structure(std::uint32_t index) const
{
    auto found = resolve_struct(segment_, pointer(index));
    return found ? *found : StructReader{};
}

ListReader StructReader::list(std::uint32_t index, ElementSize expected) const
{
    auto found = resolve_list(segment_, pointer(index), expected);
    return found ? *found : ListReader{};
}

std::optional<std::uint32_t> StructReader::capability(std::uint32_t index) const
{
    auto const* place = pointer(index);
    if (place == nullptr || !Pointer{*place}.is_capability())
        return {};
    return Pointer{*place}.capability_index();
}

bool ListReader::get_bit(std::uint32_t index) const
{
    if (index >= place_.count)
        return false;
    // Bits do not grow: the official library reads them one behind the other in any list.
    return (std::to_integer<unsigned>(place_.first[index / 8]) >> (index % 8) & 1) != 0;
}

std::string_view ListReader::text(std::uint32_t index) const
{
    auto found = resolve_text(segment_, pointer(index));
    return found ? *found : std::string_view{};
}

Bytes ListReader::data(std::uint32_t index) const
{
    auto found = resolve_bytes(segment_, pointer(index));
    return found ? *found : Bytes{};
}

Word const* ListReader::pointer(std::uint32_t index) const
{
    if (index >= place_.count || place_.pointer_count == 0)
        return nullptr;
    // Lists with pointers are made of whole words and start on one, so the offset is one too.
    auto offset = static_cast<std::size_t>(element(index) + place_.data_bytes -
                                           std::as_bytes(segment_).data());
    return &segment_[offset / sizeof(Word)];
}

StructReader ListReader::structure(std::uint32_t index) const
{
    if (index >= place_.count)
        return {};
    return {segment_, {element(index), place_.data_bytes, place_.pointer_count, pointer(index)}};
}

}  // namespace codec
