// Builds a single-segment Cap'n Proto message in place, in memory that the caller has.
//
// Objects are appended in the order in which they are made, as the official library does. When the
// memory is used up the message is marked and nothing more is written; the one check at the end,
// `finish`, reports it, so that encoders are straight lists of fields.
#pragma once
#include "abi/message.hpp"
#include "lib/base/result.hpp"
#include "lib/codec/pointer.hpp"
#include "lib/codec/scalar.hpp"
#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

namespace codec {

class StructBuilder;
class ListBuilder;

class Builder {
public:
    explicit Builder(std::span<Word> space, std::span<abi::HandleTransfer> handles = {})
        : space_{space}, handles_{handles}
    {
    }
    Builder(Builder const&) = delete;
    Builder& operator=(Builder const&) = delete;

    // Call it first: the root pointer is the message's first word.
    StructBuilder root(Layout layout);

    // How many words are used. Errors: too_large
    Result<std::size_t> finish() const
    {
        if (overflowed_)
            return fail(Status::too_large);
        return used_;
    }

    std::size_t handle_count() const { return handle_count_; }

    // `count` zeroed words, or nothing. They have consecutive addresses after all earlier ones.
    Word* allocate(std::uint64_t count);
    // The place of the handle in the message's list.
    std::uint32_t append(abi::HandleTransfer const& handle);
    void overflow() { overflowed_ = true; }

private:
    std::span<Word> space_;
    std::span<abi::HandleTransfer> handles_;
    std::size_t used_ = 0;
    std::size_t handle_count_ = 0;
    bool overflowed_ = false;
};

// One struct of the message. One that found no memory takes writes and forgets them.
class StructBuilder {
public:
    StructBuilder(Builder& message, Word* words, Layout layout)
        : message_{&message}, words_{words}, layout_{layout}
    {
    }

    // `index` counts in units of T; T and index come from the same schema as the layout.
    template <Scalar T>
    void set(std::uint32_t index, T value, T fallback = {})
    {
        if (words_ == nullptr)
            return;
        auto wire = to_wire(value, fallback);
        store(bytes() + index * sizeof(T), wire);
    }

    void set_bit(std::uint32_t index, bool value, bool fallback = false)
    {
        if (words_ != nullptr && value != fallback)
            words_[index / 64] |= Word{1} << (index % 64);
    }

    void set_text(std::uint32_t index, std::string_view text);
    void set_data(std::uint32_t index, std::span<std::byte const> data);
    // No handle: a null capability.
    void set_capability(std::uint32_t index, abi::HandleTransfer const& handle);
    StructBuilder init_struct(std::uint32_t index, Layout layout);
    ListBuilder init_list(std::uint32_t index, ElementSize size, std::uint64_t count);
    ListBuilder init_struct_list(std::uint32_t index, Layout layout, std::uint64_t count);

private:
    std::byte* bytes() const { return reinterpret_cast<std::byte*>(words_); }
    Word* pointer(std::uint32_t index) const
    {
        return words_ == nullptr ? nullptr : words_ + layout_.data_words + index;
    }

    Builder* message_;
    Word* words_;
    Layout layout_;
};

class ListBuilder {
public:
    // `layout` is that of the elements where they are structs.
    ListBuilder(Builder& message, Word* words, Layout layout = {})
        : message_{&message}, words_{words}, layout_{layout}
    {
    }

    template <Scalar T>
    void set(std::size_t index, T value)
    {
        if (words_ != nullptr)
            store(reinterpret_cast<std::byte*>(words_) + index * sizeof(T), value);
    }

    void set_bit(std::size_t index, bool value)
    {
        if (words_ != nullptr && value)
            words_[index / 64] |= Word{1} << (index % 64);
    }

    void set_text(std::size_t index, std::string_view text);
    void set_data(std::size_t index, std::span<std::byte const> data);
    StructBuilder structure(std::size_t index);

private:
    Builder* message_;
    Word* words_;
    Layout layout_;
};

}  // namespace codec
