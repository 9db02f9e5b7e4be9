// The rescue shell's line editor, in front of a small model of a terminal.
#include "userland/rescue/line_editor.hpp"
#include <gtest/gtest.h>
#include <random>
#include <string>

using rescue::History;
using rescue::LineEditor;
using Outcome = LineEditor::Outcome;

namespace {

// One line of a terminal: prints, goes back, erases to the end.
class Terminal final : public rescue::Screen {
public:
    void show(std::string_view text) override
    {
        for (char const character : text)
            show(character);
    }
    std::string visible() const { return line_.substr(0, line_.find_last_not_of(' ') + 1); }
    std::size_t cursor() const { return cursor_; }

private:
    void show(char character)
    {
        if (!sequence_.empty() || character == '\x1b') {
            sequence_ += character;
            if (sequence_ == "\x1b[K") {
                line_.resize(cursor_);
                sequence_.clear();
            }
        } else if (character == '\b') {
            cursor_ -= cursor_ != 0;
        } else if (character == '\n') {
            line_.clear();
            cursor_ = 0;
        } else if (character >= ' ') {
            line_.resize(std::max(line_.size(), cursor_ + 1), ' ');
            line_[cursor_++] = character;
        }
    }

    std::string line_;
    std::string sequence_;
    std::size_t cursor_ = 0;
};

struct Editing {
    Terminal terminal;
    History history;
    LineEditor editor{terminal, history};

    Outcome type(std::string_view bytes)
    {
        Outcome outcome{};
        for (char const byte : bytes)
            outcome = editor.take(byte);
        return outcome;
    }
    void enter(std::string_view line)
    {
        type(line);
        EXPECT_EQ(type("\r"), Outcome::entered);
        history.add(editor.line());
        editor.start();
    }
    // What the terminal shows is what the editor has.
    void expect(std::string_view line, std::size_t cursor)
    {
        EXPECT_EQ(editor.line(), line);
        EXPECT_EQ(terminal.visible(), line);
        EXPECT_EQ(terminal.cursor(), cursor);
    }
};

constexpr std::string_view up = "\x1b[A", down = "\x1b[B", right = "\x1b[C", left = "\x1b[D";

}  // namespace

TEST(LineEditor, typed_characters_are_shown_and_entered)
{
    Editing e;
    e.type("ls /");
    e.expect("ls /", 4);
    EXPECT_EQ(e.type("\r"), Outcome::entered);
    EXPECT_EQ(e.editor.line(), "ls /");
}

TEST(LineEditor, backspace_erases_before_the_cursor)
{
    Editing e;
    e.type("lx\x7fs");
    e.expect("ls", 2);
    e.type("\b\b\b\b");
    e.expect("", 0);
}

TEST(LineEditor, characters_go_in_at_the_cursor)
{
    Editing e;
    e.type("ct f");
    e.type(std::string(left) + std::string(left) + std::string(left) + "a");
    e.expect("cat f", 2);
    e.type(std::string(right) + "\x1b[3~");
    e.expect("catf", 3);
}

TEST(LineEditor, whole_parts_are_erased)
{
    Editing e;
    e.type("cat one.two three\x17\x7f");
    e.expect("cat one.two", 11);
    e.type("\x15");
    e.expect("", 0);
    e.type("abc\x01\x0b");
    e.expect("", 0);
}

TEST(LineEditor, arrows_walk_through_the_history)
{
    Editing e;
    e.enter("first");
    e.enter("second");
    e.type(up);
    e.expect("second", 6);
    e.type(up);
    e.expect("first", 5);
    e.type(up);
    e.expect("first", 5);
    e.type(down);
    e.expect("second", 6);
    e.type(down);
    e.expect("", 0);
}

TEST(LineEditor, the_history_keeps_the_newest_lines_once)
{
    Editing e;
    for (int i = 0; i < 50; ++i) {
        e.enter(std::to_string(i));
        e.enter(std::to_string(i));
    }
    for (int i = 49; i >= 50 - static_cast<int>(History::capacity); --i) {
        e.type(up);
        EXPECT_EQ(e.editor.line(), std::to_string(i));
    }
    e.type(up);
    EXPECT_EQ(e.editor.line(), std::to_string(50 - History::capacity));
}

TEST(LineEditor, control_keys_end_a_line)
{
    Editing e;
    EXPECT_EQ(e.type("abc\x03"), Outcome::interrupted);
    e.editor.start();
    EXPECT_EQ(e.type("\x04"), Outcome::end_of_input);
    EXPECT_EQ(e.type("a\x04"), Outcome::editing);
}

TEST(LineEditor, return_and_newline_together_are_one_key)
{
    Editing e;
    e.enter("a");
    EXPECT_EQ(e.type("\n"), Outcome::editing);
    EXPECT_EQ(e.type("\n"), Outcome::entered);
}

TEST(LineEditor, a_full_line_takes_no_more)
{
    Editing e;
    e.type(std::string(rescue::line_capacity + 10, 'x'));
    e.expect(std::string(rescue::line_capacity, 'x'), rescue::line_capacity);
}

TEST(LineEditor, the_terminal_always_shows_the_line)
{
    static constexpr std::string_view keys[] = {"a",      "b",       "c",    "\x7f", up,
                                                down,     left,      left,   right,  "\x1b[H",
                                                "\x1b[F", "\x1b[3~", "\x17", "\x0b"};
    std::mt19937 random{1};
    Editing e;
    for (int i = 0; i < 20'000; ++i) {
        e.type(keys[random() % std::size(keys)]);
        ASSERT_EQ(e.terminal.visible(), e.editor.line());
        if (random() % 50 == 0)
            e.enter("");
    }
}
