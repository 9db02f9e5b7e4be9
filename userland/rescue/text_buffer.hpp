// Text of a limited length that can be changed in the middle.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace rescue {

template <std::size_t Capacity>
class TextBuffer {
public:
    std::string_view view() const { return {text_.data(), size_}; }
    std::size_t size() const { return size_; }
    bool is_full() const { return size_ == Capacity; }

    // What does not fit is cut off.
    void assign(std::string_view text) { size_ = text.copy(text_.data(), Capacity); }
    void clear() { size_ = 0; }

    // Context: not full, position at most size().
    void insert(std::size_t position, char character)
    {
        std::copy_backward(text_.data() + position, text_.data() + size_, text_.data() + size_ + 1);
        text_[position] = character;
        ++size_;
    }

    void erase(std::size_t position, std::size_t count)
    {
        std::copy(text_.data() + position + count, text_.data() + size_, text_.data() + position);
        size_ -= count;
    }

private:
    std::array<char, Capacity> text_;
    std::size_t size_ = 0;
};

inline constexpr std::size_t line_capacity = 240;
using LineText = TextBuffer<line_capacity>;

}  // namespace rescue
