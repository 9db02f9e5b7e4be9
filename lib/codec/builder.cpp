// Appends objects to a message and points at them.
#include "lib/codec/builder.hpp"
#include <algorithm>

namespace codec {

namespace {

constexpr std::uint64_t max_list_count = (1u << 29) - 1;

std::int64_t distance(Word const* pointer, Word const* target) { return target - (pointer + 1); }

// Appends a list and points at it; nothing where there is no room.
Word* append_list(Builder& message, Word* pointer, ElementSize size, std::uint64_t count)
{
    auto bits = size == ElementSize::pointer ? 64 : data_bits(size);
    if (pointer == nullptr || count > max_list_count) {
        message.overflow();
        return nullptr;
    }
    auto* words = message.allocate((count * bits + 63) / 64);
    if (words != nullptr)
        *pointer = Pointer::to_list(distance(pointer, words), size, count).bits();
    return words;
}

void append_bytes(Builder& message, Word* pointer, std::span<std::byte const> bytes,
                  std::size_t terminator)
{
    auto* words = append_list(message, pointer, ElementSize::byte, bytes.size() + terminator);
    if (words != nullptr && !bytes.empty())
        std::memcpy(words, bytes.data(), bytes.size());
}

// Text ends in a zero byte that its length does not count.
void append_text(Builder& message, Word* pointer, std::string_view text)
{
    append_bytes(message, pointer, std::as_bytes(std::span{text}), 1);
}

}  // namespace

Word* Builder::allocate(std::uint64_t count)
{
    if (overflowed_ || count > space_.size() - used_) {
        overflowed_ = true;
        return nullptr;
    }
    auto words = space_.subspan(used_, static_cast<std::size_t>(count));
    used_ += words.size();
    std::ranges::fill(words, 0);
    return words.data();
}

std::uint32_t Builder::append(abi::HandleTransfer const& handle)
{
    if (handle_count_ == handles_.size()) {
        overflowed_ = true;
        return 0;
    }
    handles_[handle_count_] = handle;
    return static_cast<std::uint32_t>(handle_count_++);
}

StructBuilder Builder::root(Layout layout)
{
    Word* const pointer = allocate(1 + std::uint64_t{layout.words()});
    if (pointer != nullptr)
        *pointer = Pointer::to_struct(layout.words() == 0 ? -1 : 0, layout).bits();
    return {*this, pointer == nullptr ? nullptr : pointer + 1, layout};
}

void StructBuilder::set_text(std::uint32_t index, std::string_view text)
{
    append_text(*message_, pointer(index), text);
}

void StructBuilder::set_data(std::uint32_t index, std::span<std::byte const> data)
{
    append_bytes(*message_, pointer(index), data, 0);
}

void StructBuilder::set_capability(std::uint32_t index, abi::HandleTransfer const& handle)
{
    if (words_ != nullptr && handle.handle != 0)
        *pointer(index) = Pointer::to_capability(message_->append(handle)).bits();
}

StructBuilder StructBuilder::init_struct(std::uint32_t index, Layout layout)
{
    Word* place = pointer(index);
    Word* words = place == nullptr ? nullptr : message_->allocate(layout.words());
    if (words != nullptr) {
        // A struct of no words is told from a null pointer by pointing just before itself.
        auto offset = layout.words() == 0 ? -1 : distance(place, words);
        *place = Pointer::to_struct(offset, layout).bits();
    }
    return {*message_, words, layout};
}

ListBuilder StructBuilder::init_list(std::uint32_t index, ElementSize size, std::uint64_t count)
{
    return {*message_, append_list(*message_, pointer(index), size, count)};
}

ListBuilder StructBuilder::init_struct_list(std::uint32_t index, Layout layout, std::uint64_t count)
{
    Word* place = pointer(index);
    if (place == nullptr || count > max_list_count / (layout.words() + 1)) {
        message_->overflow();
        return {*message_, nullptr};
    }
    Word* tag = message_->allocate(1 + count * layout.words());
    if (tag == nullptr)
        return {*message_, nullptr};
    *place = Pointer::to_list(distance(place, tag), ElementSize::composite, count * layout.words())
                 .bits();
    *tag = Pointer::to_struct(static_cast<std::int64_t>(count), layout).bits();
    return {*message_, tag + 1, layout};
}

void ListBuilder::set_text(std::size_t index, std::string_view text)
{
    append_text(*message_, words_ == nullptr ? nullptr : words_ + index, text);
}

void ListBuilder::set_data(std::size_t index, std::span<std::byte const> data)
{
    append_bytes(*message_, words_ == nullptr ? nullptr : words_ + index, data, 0);
}

StructBuilder ListBuilder::structure(std::size_t index)
{
    return {*message_, words_ == nullptr ? nullptr : words_ + index * layout_.words(), layout_};
}

}  // namespace codec
