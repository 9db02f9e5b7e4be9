// Editing of terminal input in the C library.
#include "libc/posix/line_input.hpp"
#include <gtest/gtest.h>
#include <string>

using posix::LineInput;

namespace {

class LineInputTest : public testing::Test {
protected:
    LineInputTest()
    {
        settings.c_iflag = ICRNL;
        settings.c_lflag = ICANON | ECHO | ISIG;
        settings.c_cc[VINTR] = 3;
        settings.c_cc[VEOF] = 4;
        settings.c_cc[VKILL] = 21;
        settings.c_cc[VERASE] = 0x7f;
    }

    LineInput::State type(std::string_view bytes)
    {
        auto state = LineInput::State::incomplete;
        for (char const byte : bytes)
            state = line.take(byte, settings, [this](std::string_view text) { shown += text; });
        return state;
    }

    std::string text(std::size_t most = 100)
    {
        std::string buffer(most, 0);
        buffer.resize(line.take_text(buffer));
        return buffer;
    }

    LineInput line;
    termios settings{};
    std::string shown;
};

}  // namespace

TEST_F(LineInputTest, return_completes_a_line_and_shows_it)
{
    EXPECT_EQ(type("hi"), LineInput::State::incomplete);
    EXPECT_EQ(type("\r"), LineInput::State::complete);
    EXPECT_EQ(text(), "hi\n");
    EXPECT_EQ(shown, "hi\n");
    EXPECT_FALSE(line.is_complete());
}

TEST_F(LineInputTest, backspace_takes_back_what_is_there_and_no_more)
{
    type("ab\x7f\x7f\x7f"
         "c\n");
    EXPECT_EQ(text(), "c\n");
}

TEST_F(LineInputTest, control_u_takes_back_the_line)
{
    type("abc\x15"
         "d\n");
    EXPECT_EQ(text(), "d\n");
}

TEST_F(LineInputTest, control_d_ends_input_without_a_newline)
{
    EXPECT_EQ(type("ab\x04"), LineInput::State::complete);
    EXPECT_EQ(text(), "ab");
    EXPECT_EQ(type("\x04"), LineInput::State::complete);
    EXPECT_EQ(text(), "");
}

TEST_F(LineInputTest, control_c_interrupts)
{
    EXPECT_EQ(type("ab\x03"), LineInput::State::interrupted);
}

TEST_F(LineInputTest, a_line_may_be_read_in_pieces)
{
    type("hello\n");
    EXPECT_EQ(text(2), "he");
    EXPECT_TRUE(line.is_complete());
    EXPECT_EQ(text(), "llo\n");
}

TEST_F(LineInputTest, a_line_that_is_too_long_still_ends)
{
    type(std::string(5000, 'x'));
    EXPECT_EQ(type("\n"), LineInput::State::complete);
    auto const all = text(5000);
    EXPECT_LT(all.size(), 5000u);
    EXPECT_EQ(all.back(), '\n');
}
