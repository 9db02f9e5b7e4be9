// PathCopy: a path out of a message. The message is gone as soon as the disk is called.
#pragma once
#include "abi/message.hpp"
#include <algorithm>
#include <array>
#include <string_view>

class PathCopy {
public:
    explicit PathCopy(std::string_view path) : length_{std::min(path.size(), text_.size())}
    {
        std::copy_n(path.begin(), length_, text_.begin());
    }

    operator std::string_view() const { return {text_.data(), length_}; }

private:
    std::array<char, abi::buffer_words * sizeof(abi::Word)> text_;  // no message holds a longer one
    std::size_t length_;
};
