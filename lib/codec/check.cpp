// The walk over a received message that finds out whether it is well formed.
#include "lib/codec/check.hpp"
#include "abi/message.hpp"

namespace codec {

namespace {

class Checker {
public:
    explicit Checker(Segment segment, Limits limits) : segment_{segment}, limits_{limits} {}

    Result<StructReader> structure(Word const* pointer, Shape const& shape, unsigned depth)
    {
        auto reader = TRY(resolve_struct(segment_, pointer));
        if (pointer != nullptr && *pointer != 0)
            TRY(charge(Pointer{*pointer}.layout().words(), depth));
        TRY(pointers_of(reader, shape, depth));
        return reader;
    }

private:
    Result<> pointers_of(StructReader const& reader, Shape const& shape, unsigned depth)
    {
        for (auto const& expected : shape.pointers)
            TRY(follow(reader.pointer(expected.index), expected, depth + 1));
        return {};
    }

    Result<> follow(Word const* pointer, PointerShape const& expected, unsigned depth)
    {
        if (pointer == nullptr || *pointer == 0)
            return {};
        switch (expected.kind) {
        case PointerShape::Kind::text:
            return bytes((TRY(resolve_text(segment_, pointer))).size() + 1, depth);
        case PointerShape::Kind::data:
            return bytes((TRY(resolve_bytes(segment_, pointer))).size(), depth);
        case PointerShape::Kind::structure:
            TRY(structure(pointer, expected.shape(), depth));
            return {};
        case PointerShape::Kind::list:
            return list(pointer, expected, depth);
        case PointerShape::Kind::capability:
            return capability(Pointer{*pointer});
        }
        return fail(Status::bad_message);
    }

    Result<> bytes(std::size_t count, unsigned depth)
    {
        return charge((count + sizeof(Word) - 1) / sizeof(Word), depth);
    }

    Result<> list(Word const* pointer, PointerShape const& expected, unsigned depth)
    {
        auto reader = TRY(resolve_list(segment_, pointer, expected.element_size));
        TRY(charge(reader.words(), depth));
        if (expected.element != nullptr)
            for (std::uint32_t i = 0; i < reader.size(); ++i)
                TRY(follow(reader.pointer(i), *expected.element, depth + 1));
        if (expected.shape != nullptr && !expected.shape().pointers.empty())
            for (std::uint32_t i = 0; i < reader.size(); ++i)
                TRY(pointers_of(reader.structure(i), expected.shape(), depth));
        return {};
    }

    // One pointer a handle: the first to be decoded takes it, and a second would find nothing.
    Result<> capability(Pointer pointer)
    {
        auto index = pointer.capability_index();
        if (!pointer.is_capability() || index >= limits_.handle_count ||
            index >= abi::max_message_handles || (used_handles_ >> index & 1) != 0)
            return fail(Status::bad_message);
        used_handles_ |= 1u << index;
        return {};
    }

    Result<> charge(std::uint64_t words, unsigned depth)
    {
        if (words > limits_.words || depth >= limits_.depth)
            return fail(Status::bad_message);
        limits_.words -= words;
        return {};
    }

    Segment segment_;
    Limits limits_;
    std::uint32_t used_handles_ = 0;
};

}  // namespace

Result<StructReader> check_pointers(Segment segment, Shape const& shape, Limits limits)
{
    if (segment.empty())
        return fail(Status::bad_message);
    return Checker{segment, limits}.structure(segment.data(), shape, 0);
}

}  // namespace codec
