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
    template <class Echo>
    void erase_to(std::size_t size, Echo echo);
    template <class Echo>
    void add(char byte, Echo echo);

    std::array<char, 1024> text_{};
    std::size_t size_ = 0;
    std::size_t taken_ = 0;
    bool is_complete_ = false;
};

template <class Echo>
LineInput::State LineInput::take(char byte, termios const& settings, Echo echo)
{
    if (byte == '\r' && (settings.c_iflag & ICRNL) != 0)
        byte = '\n';
    if (is(byte, settings, VINTR) && (settings.c_lflag & ISIG) != 0) {
        size_ = 0;
        return State::interrupted;
    }
    if (is(byte, settings, VERASE) || byte == '\b')
        erase_to(size_ > 0 ? size_ - 1 : 0, echo);
    else if (is(byte, settings, VKILL))
        erase_to(0, echo);
    else if (is(byte, settings, VEOF))
        is_complete_ = true;
    else
        add(byte, echo);
    return is_complete_ ? State::complete : State::incomplete;
}

template <class Echo>
void LineInput::erase_to(std::size_t size, Echo echo)
{
    constexpr std::string_view rub_out = "\b \b";
    for (; size_ > size; --size_)
        echo(rub_out);
}

// The last place is kept for the newline; what does not fit is dropped.
template <class Echo>
void LineInput::add(char byte, Echo echo)
{
    bool const is_newline = byte == '\n';
    if (size_ == text_.size() - 1 && !is_newline)
        return;
    text_[size_++] = byte;
    is_complete_ = is_newline;
    echo(std::string_view{&byte, 1});
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
