#include "userland/rescue/line_editor.hpp"

namespace rescue {

LineEditor::Outcome LineEditor::take(char byte) { return take(decoder_.take(byte)); }

void LineEditor::start()
{
    text_.clear();
    cursor_ = 0;
    history_.leave();
}

LineEditor::Outcome LineEditor::take(Key key)
{
    switch (key.kind) {
    case Key::Kind::none:
        break;
    case Key::Kind::character:
        insert(key.character);
        break;
    case Key::Kind::enter:
        move_to(text_.size());
        screen_.show("\r\n");
        return Outcome::entered;
    case Key::Kind::interrupt:
        screen_.show("^C\r\n");
        return Outcome::interrupted;
    case Key::Kind::end_of_input:
        if (text_.size() == 0)
            return Outcome::end_of_input;
        break;
    case Key::Kind::backspace:
        erase(cursor_ == 0 ? 0 : cursor_ - 1, cursor_);
        break;
    case Key::Kind::erase_forward:
        erase(cursor_, std::min(cursor_ + 1, text_.size()));
        break;
    case Key::Kind::erase_line:
        erase(0, cursor_);
        break;
    case Key::Kind::erase_word:
        erase(word_start(), cursor_);
        break;
    case Key::Kind::erase_rest:
        erase(cursor_, text_.size());
        break;
    case Key::Kind::left:
        move_to(cursor_ == 0 ? 0 : cursor_ - 1);
        break;
    case Key::Kind::right:
        move_to(std::min(cursor_ + 1, text_.size()));
        break;
    case Key::Kind::home:
        move_to(0);
        break;
    case Key::Kind::end:
        move_to(text_.size());
        break;
    case Key::Kind::up:
        if (auto const line = history_.older())
            replace(*line);
        break;
    case Key::Kind::down:
        if (auto const line = history_.newer())
            replace(*line);
        break;
    }
    return Outcome::editing;
}

void LineEditor::insert(char character)
{
    if (text_.is_full()) {
        screen_.show("\a");
        return;
    }
    text_.insert(cursor_, character);
    screen_.show(text_.view().substr(cursor_, 1));
    ++cursor_;
    if (cursor_ != text_.size())
        show_rest();
}

// Context: the cursor is at `begin` or at `end`.
void LineEditor::erase(std::size_t begin, std::size_t end)
{
    if (begin == end)
        return;
    move_to(begin);
    text_.erase(begin, end - begin);
    screen_.show("\x1b[K");
    show_rest();
}

void LineEditor::replace(std::string_view text)
{
    move_to(0);
    text_.assign(text);
    screen_.show("\x1b[K");
    screen_.show(text_.view());
    cursor_ = text_.size();
}

void LineEditor::move_to(std::size_t position)
{
    if (position < cursor_)
        move_cursor_left(cursor_ - position);
    else
        screen_.show(text_.view().substr(cursor_, position - cursor_));
    cursor_ = position;
}

std::size_t LineEditor::word_start() const
{
    auto const is_space = [&](std::size_t index) { return text_.view()[index] == ' '; };
    std::size_t start = cursor_;
    while (start != 0 && is_space(start - 1))
        --start;
    while (start != 0 && !is_space(start - 1))
        --start;
    return start;
}

// What is behind the cursor, which stays where it is.
void LineEditor::show_rest()
{
    screen_.show(text_.view().substr(cursor_));
    move_cursor_left(text_.size() - cursor_);
}

// Backspaces rather than an ANSI sequence: they cross the edge of a wrapped line on most terminals.
void LineEditor::move_cursor_left(std::size_t columns)
{
    for (; columns != 0; --columns)
        screen_.show("\b");
}

}  // namespace rescue
