// Edits one line of terminal input, as POSIX's canonical mode does: backspace, ^U, ^D, ^C, echo.
#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <termios.h>

namespace posix {

class LineInput {
public:
    enum class State { incomplete, complete, interrupted };

    // Takes one byte; `echo` gets what the terminal should show.
    template <class Echo>
    State take(char byte, termios const& settings, Echo echo);

    // Moves what is left of the complete line, as much as fits. An empty line is the end of input.
    std::size_t take_text(std::span<char> buffer);
    bool is_complete() const { return is_complete_; }

private:
    bool is(char byte, termios const& settings, int index) const
    {
        return settings.c_cc[index] != 0 && static_cast<cc_t>(byte) == settings.c_cc[index];
    }
    void add(char byte) { text_[size_++] = byte; }

    std::array<char, 1024> text_{};
    std::size_t size_ = 0;
    std::size_t taken_ = 0;
    bool is_complete_ = false;
};

template <class Echo>
LineInput::State LineInput::take(char byte, termios const& settings, Echo echo)
{
    constexpr std::string_view rub_out = "\b \b";
    if (byte == '\r' && (settings.c_iflag & ICRNL) != 0)
        byte = '\n';
    if (is(byte, settings, VINTR) && (settings.c_lflag & ISIG) != 0) {
        size_ = 0;
        return State::interrupted;
    }
    if (is(byte, settings, VERASE) || byte == '\b') {
        if (size_ > 0) {
            --size_;
            echo(rub_out);
        }
        return State::incomplete;
    }
    if (is(byte, settings, VKILL)) {
        for (; size_ > 0; --size_)
            echo(rub_out);
        return State::incomplete;
    }
    bool const ends_input = is(byte, settings, VEOF);
    if (!ends_input && byte != '\n' && size_ == text_.size() - 1)
        return State::incomplete;  // room for the newline is kept
    if (!ends_input) {
        add(byte);
        echo(std::string_view{&byte, 1});
    }
    is_complete_ = ends_input || byte == '\n';
    return is_complete_ ? State::complete : State::incomplete;
}

inline std::size_t LineInput::take_text(std::span<char> buffer)
{
    auto const count =
        std::string_view{text_.data(), size_}.substr(taken_).copy(buffer.data(), buffer.size());
    taken_ += count;
    if (taken_ == size_) {
        size_ = taken_ = 0;
        is_complete_ = false;
    }
    return count;
}

}  // namespace posix
