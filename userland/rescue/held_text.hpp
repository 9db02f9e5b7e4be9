// Text that is held back until there is enough of it for one call.
#pragma once
#include "lib/base/result.hpp"
#include <array>
#include <span>
#include <string_view>
#include <utility>

namespace rescue {

template <std::size_t most>
class HeldText {
public:
    // `finish` writes what is held, and is called each time this is full.
    template <class Finish>
    Result<> add(std::string_view text, Finish const& finish)
    {
        while (!text.empty()) {
            std::size_t const count = text.copy(held_.data() + size_, most - size_);
            size_ += count;
            text.remove_prefix(count);
            if (size_ == most)
                TRY(finish());
        }
        return {};
    }

    // All that is held, which is no longer held then; valid until more is added.
    std::span<std::byte const> take()
    {
        return std::as_bytes(std::span{held_.data(), std::exchange(size_, 0)});
    }

private:
    std::array<char, most> held_;
    std::size_t size_ = 0;
};

}  // namespace rescue
