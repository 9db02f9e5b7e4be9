// The line discipline of terminals: lines, editing, echo, signals, raw input.
#include "servers/posix/line_discipline.hpp"
#include "servers/posix/terminal_flags.hpp"
#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace posix;

namespace {

struct Screen final : TerminalSide {
    void show(std::uint8_t byte) override { text += static_cast<char>(byte); }
    void send(Signal signal) override { signals.push_back(signal); }
    void hold_output(bool held) override { is_held = held; }

    std::string text;
    std::vector<Signal> signals;
    bool is_held = false;
};

class LineDisciplineTest : public testing::Test {
protected:
    void type(std::string_view text)
    {
        for (char const character : text)
            discipline.receive(static_cast<std::uint8_t>(character));
    }
    void print(std::string_view text)
    {
        for (char const character : text)
            discipline.put(static_cast<std::uint8_t>(character));
    }
    std::string read(std::size_t most = 4096)
    {
        std::vector<std::uint8_t> buffer(most);
        auto const count = discipline.read(buffer);
        return {buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count)};
    }
    void change(std::uint32_t off, std::uint32_t on)
    {
        auto modes = discipline.modes();
        modes.local = (modes.local & ~off) | on;
        discipline.set_modes(modes);
    }
    void be_raw(std::uint8_t least, std::uint8_t time)
    {
        auto modes = discipline.modes();
        modes.local = 0;
        modes.characters[special::least_bytes] = least;
        modes.characters[special::time] = time;
        discipline.set_modes(modes);
    }

    Screen screen;
    LineDiscipline discipline{screen};
};

}  // namespace

TEST_F(LineDisciplineTest, nothing_can_be_read_before_the_line_ends)
{
    type("word");
    EXPECT_FALSE(discipline.can_read(1));
    type("\r");
    EXPECT_TRUE(discipline.can_read(1));
    EXPECT_EQ(read(), "word\n");
    EXPECT_FALSE(discipline.can_read(1));
}

TEST_F(LineDisciplineTest, a_read_gets_one_line_and_leaves_what_it_has_no_room_for)
{
    type("one\rtwo\r");
    EXPECT_EQ(read(2), "on");
    EXPECT_EQ(read(), "e\n");
    EXPECT_EQ(read(), "two\n");
}

TEST_F(LineDisciplineTest, what_is_typed_is_shown)
{
    type("a\r");
    EXPECT_EQ(screen.text, "a\r\n");
}

TEST_F(LineDisciplineTest, without_echo_nothing_is_shown)
{
    change(local_flag::echo, 0);
    type("secret\x7f\r");
    EXPECT_EQ(screen.text, "");
    EXPECT_EQ(read(), "secre\n");
}

TEST_F(LineDisciplineTest, the_end_of_a_line_is_shown_alone_where_that_is_asked_for)
{
    change(local_flag::echo, local_flag::echo_newline);
    type("secret\r");
    EXPECT_EQ(screen.text, "\r\n");
}

TEST_F(LineDisciplineTest, characters_words_and_lines_are_erased)
{
    type("abc\x7f\x7fx\r");
    EXPECT_EQ(read(), "ax\n");
    type("one two \x17three\r");
    EXPECT_EQ(read(), "one three\n");
    type("wrong\x15right\r");
    EXPECT_EQ(read(), "right\n");
    type("\x7f\x7fx\r");
    EXPECT_EQ(read(), "x\n");
}

TEST_F(LineDisciplineTest, erasing_takes_a_whole_character_of_several_bytes)
{
    type("a\xc3\xa4\x7f\r");
    EXPECT_EQ(read(), "a\n");
    EXPECT_EQ(screen.text, "a\xc3\xa4\b \b\r\n");
}

TEST_F(LineDisciplineTest, a_control_character_is_shown_and_erased_as_two)
{
    type("\x01\x7f");
    EXPECT_EQ(screen.text, "^A\b \b\b \b");
}

TEST_F(LineDisciplineTest, an_end_of_input_hands_over_what_is_there_or_nothing)
{
    type("part\x04");
    EXPECT_EQ(read(), "part");
    type("\x04");
    EXPECT_TRUE(discipline.can_read(1));
    EXPECT_EQ(read(), "");
    EXPECT_FALSE(discipline.can_read(1));
}

TEST_F(LineDisciplineTest, a_quoted_character_has_no_meaning)
{
    type("\x16\x03\x16\x04\r");
    EXPECT_EQ(read(), "\x03\x04\n");
    EXPECT_TRUE(screen.signals.empty());
}

TEST_F(LineDisciplineTest, keys_that_send_signals_drop_what_was_typed)
{
    type("lost\x03kept\r");
    EXPECT_EQ(screen.signals, std::vector<Signal>{interrupt_signal});
    EXPECT_EQ(read(), "kept\n");
    type("\x1a\x1c");
    EXPECT_EQ(screen.signals, (std::vector<Signal>{interrupt_signal, terminal_stop, quit_signal}));
}

TEST_F(LineDisciplineTest, without_isig_they_are_bytes)
{
    be_raw(1, 0);
    type("\x03\x1a");
    EXPECT_EQ(read(), "\x03\x1a");
    EXPECT_TRUE(screen.signals.empty());
}

TEST_F(LineDisciplineTest, output_is_held_and_goes_on)
{
    type("\x13");
    EXPECT_TRUE(screen.is_held);
    type("\x11");
    EXPECT_FALSE(screen.is_held);
    EXPECT_FALSE(discipline.can_read(1));
}

TEST_F(LineDisciplineTest, lines_of_output_begin_at_the_left)
{
    print("a\nb\n");
    EXPECT_EQ(screen.text, "a\r\nb\r\n");
}

TEST_F(LineDisciplineTest, raw_bytes_can_be_read_at_once)
{
    be_raw(1, 0);
    type("x");
    EXPECT_TRUE(discipline.can_read(1));
    EXPECT_EQ(read(), "x");
}

TEST_F(LineDisciplineTest, a_raw_read_needs_as_many_as_vmin_says_but_no_more_than_it_asks_for)
{
    be_raw(3, 0);
    type("xy");
    EXPECT_FALSE(discipline.can_read(10));
    EXPECT_TRUE(discipline.can_read(2));
    type("z");
    EXPECT_TRUE(discipline.can_read(10));
    EXPECT_EQ(read(), "xyz");
}

TEST_F(LineDisciplineTest, settings_say_how_long_a_raw_read_waits)
{
    EXPECT_EQ(discipline.time_units(), 0u);
    be_raw(0, 7);
    EXPECT_EQ(discipline.least_bytes(), 0u);
    EXPECT_EQ(discipline.time_units(), 7u);
    EXPECT_FALSE(discipline.can_read(1));
}

TEST_F(LineDisciplineTest, an_unfinished_line_can_be_read_when_lines_end_to_count)
{
    type("abc");
    be_raw(1, 0);
    EXPECT_EQ(read(), "abc");
}

TEST_F(LineDisciplineTest, a_line_that_is_too_long_is_cut_and_still_ends)
{
    type(std::string(10000, 'x'));
    type("\r");
    EXPECT_EQ(read(10000), std::string(4095, 'x') + "\n");
}

TEST_F(LineDisciplineTest, a_flood_is_bounded_and_lines_stay_whole)
{
    for (int i = 0; i < 10000; ++i)
        type("a line\r");
    EXPECT_LE(discipline.size(), 8192u);
    for (std::string line = read(); !line.empty(); line = discipline.can_read(1) ? read() : "")
        ASSERT_EQ(line, "a line\n");
    type("after\r");
    EXPECT_EQ(read(), "after\n");
}

TEST_F(LineDisciplineTest, a_raw_flood_leaves_room_for_nobody_and_loses_only_what_is_too_much)
{
    be_raw(1, 0);
    while (discipline.room() != 0)
        type("x");
    auto const count = discipline.size();
    type("xxxx");
    EXPECT_LE(discipline.size(), count + 4);
    EXPECT_GE(read(100000).size(), count);
    type("y");
    EXPECT_EQ(read(), "y");
}
