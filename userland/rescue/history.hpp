// The last lines that were entered, and a position among them that the arrow keys move.
#pragma once
#include "userland/rescue/text_buffer.hpp"
#include <array>
#include <optional>

namespace rescue {

class History {
public:
    static constexpr std::size_t capacity = 32;

    // Empty lines and repetitions of the last one are not kept. The position is behind it.
    void add(std::string_view line)
    {
        bool const repeated = count_ != 0 && at(count_ - 1) == line;
        if (!line.empty() && !repeated) {
            lines_[count_ % capacity].assign(line);
            ++count_;
        }
        position_ = count_;
    }

    // The line before the position, or nothing at the oldest.
    std::optional<std::string_view> older()
    {
        if (position_ == 0 || count_ - position_ == capacity)
            return std::nullopt;
        return at(--position_);
    }

    // The line after the position; behind the newest, an empty one.
    std::optional<std::string_view> newer()
    {
        if (position_ == count_)
            return std::nullopt;
        return ++position_ == count_ ? std::string_view{} : at(position_);
    }

    void leave() { position_ = count_; }

private:
    std::string_view at(std::size_t index) const { return lines_[index % capacity].view(); }

    std::array<LineText, capacity> lines_;
    std::size_t count_ = 0;  // of all lines ever; the last `capacity` are there
    std::size_t position_ = 0;
};

}  // namespace rescue
