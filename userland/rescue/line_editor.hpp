// Turns typed bytes into a line: backspace, ^A ^E ^U ^W ^K, arrow keys, history.
//
// It expects a terminal that understands backspace and the ANSI sequences for "erase to the end of
// the line" and "cursor left", and a line that fits beside the prompt or wraps.
#pragma once
#include "userland/rescue/history.hpp"
#include "userland/rescue/key_decoder.hpp"
#include "userland/rescue/screen.hpp"

namespace rescue {

class LineEditor {
public:
    enum class Outcome { editing, entered, interrupted, end_of_input };

    LineEditor(Screen& screen, History& history) : screen_{screen}, history_{history} {}

    // Takes one byte from the terminal and shows what it does.
    Outcome take(char byte);

    std::string_view line() const { return text_.view(); }

    // Begins a new line; the prompt is there.
    void start();

private:
    Outcome take(Key key);
    void insert(char character);
    void erase(std::size_t begin, std::size_t end);
    void replace(std::string_view text);
    void move_to(std::size_t position);
    std::size_t word_start() const;
    void show_rest();
    void move_cursor_left(std::size_t columns);

    Screen& screen_;
    History& history_;
    KeyDecoder decoder_;
    LineText text_;
    std::size_t cursor_ = 0;
};

}  // namespace rescue
