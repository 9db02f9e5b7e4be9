// Follows the pointers of a message: every offset and length is compared with the segment here.
#include "lib/codec/reader.hpp"

namespace codec {

namespace {

constexpr std::uint64_t bits_per_word = 64;

// The words [first, first + count) behind the pointer, if the segment has them. Nothing is behind
// a pointer to nothing, wherever it points: encoders differ in what they write there.
Result<Segment> target_of(Segment segment, Word const* pointer, std::uint64_t count)
{
    if (count == 0)
        return segment.first(0);
    auto first = (pointer - segment.data()) + 1 + Pointer{*pointer}.offset();
    auto end = static_cast<std::int64_t>(segment.size());
    if (first < 0 || first > end || count > static_cast<std::uint64_t>(end - first))
        return fail(Status::bad_message);
    return segment.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
}

std::byte const* bytes_at(Segment words) { return std::as_bytes(words).data(); }

// Whether elements of `place`, which are not single bits, can be read as `expected`.
bool can_read_as(ElementSize expected, ListReader::Place const& place)
{
    switch (expected) {
    case ElementSize::none:
    case ElementSize::composite:
        return true;
    case ElementSize::bit:
        return false;
    case ElementSize::pointer:
        return place.pointer_count > 0;
    default:
        return place.data_bytes * 8 >= data_bits(expected);
    }
}

Result<ListReader> resolve_composite(Segment segment, Word const* pointer, ElementSize expected)
{
    auto words = TRY(target_of(segment, pointer, std::uint64_t{Pointer{*pointer}.count()} + 1));
    Pointer tag{words[0]};
    auto layout = tag.layout();
    if (tag.kind() != Pointer::Kind::structure ||
        std::uint64_t{tag.tag_count()} * layout.words() > Pointer{*pointer}.count())
        return fail(Status::bad_message);

    ListReader::Place place{
        .first = bytes_at(words.subspan(1)),
        .count = tag.tag_count(),
        .step_bits = static_cast<std::uint32_t>(layout.words() * bits_per_word),
        .data_bytes = layout.data_words * std::uint32_t{sizeof(Word)},
        .pointer_count = layout.pointer_count,
    };
    if (!can_read_as(expected, place))
        return fail(Status::bad_message);
    return ListReader{segment, place};
}

Result<ListReader> resolve_plain(Segment segment, Word const* pointer, ElementSize expected)
{
    auto size = Pointer{*pointer}.element_size();
    auto count = Pointer{*pointer}.count();
    bool has_pointers = size == ElementSize::pointer;
    auto step_bits = has_pointers ? static_cast<std::uint32_t>(bits_per_word) : data_bits(size);
    auto words =
        TRY(target_of(segment, pointer, (std::uint64_t{count} * step_bits + 63) / bits_per_word));

    ListReader::Place place{
        .first = bytes_at(words),
        .count = count,
        .step_bits = step_bits,
        .data_bytes = data_bits(size) / 8,
        .pointer_count = has_pointers ? 1u : 0u,
    };
    bool const as_bits = expected == ElementSize::bit && step_bits > 0 && !has_pointers;
    bool const neither_bits = size != ElementSize::bit && can_read_as(expected, place);
    if (!as_bits && !neither_bits)
        return fail(Status::bad_message);
    return ListReader{segment, place};
}

}  // namespace

Result<StructReader> resolve_struct(Segment segment, Word const* pointer)
{
    if (pointer == nullptr || *pointer == 0)
        return StructReader{};
    if (Pointer{*pointer}.kind() != Pointer::Kind::structure)
        return fail(Status::bad_message);
    auto layout = Pointer{*pointer}.layout();
    auto words = TRY(target_of(segment, pointer, layout.words()));
    return StructReader{segment,
                        {.data = bytes_at(words),
                         .data_bytes = layout.data_words * std::uint32_t{sizeof(Word)},
                         .pointer_count = layout.pointer_count,
                         .pointers = words.data() + layout.data_words}};
}

Result<ListReader> resolve_list(Segment segment, Word const* pointer, ElementSize expected)
{
    if (pointer == nullptr || *pointer == 0)
        return ListReader{};
    if (Pointer{*pointer}.kind() != Pointer::Kind::list)
        return fail(Status::bad_message);
    if (Pointer{*pointer}.element_size() == ElementSize::composite)
        return resolve_composite(segment, pointer, expected);
    return resolve_plain(segment, pointer, expected);
}

Result<Bytes> resolve_bytes(Segment segment, Word const* pointer)
{
    if (pointer == nullptr || *pointer == 0)
        return Bytes{};
    Pointer list{*pointer};
    if (list.kind() != Pointer::Kind::list || list.element_size() != ElementSize::byte)
        return fail(Status::bad_message);
    auto words = TRY(target_of(segment, pointer, (std::uint64_t{list.count()} + 7) / 8));
    return Bytes{bytes_at(words), list.count()};
}

Result<std::string_view> resolve_text(Segment segment, Word const* pointer)
{
    if (pointer == nullptr || *pointer == 0)
        return std::string_view{};
    auto bytes = TRY(resolve_bytes(segment, pointer));
    if (bytes.empty() || bytes.back() != std::byte{0})
        return fail(Status::bad_message);
    return std::string_view{reinterpret_cast<char const*>(bytes.data()), bytes.size() - 1};
}

}  // namespace codec
