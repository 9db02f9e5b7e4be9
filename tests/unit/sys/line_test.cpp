// Lines that are put together piece by piece.
#include "lib/sys/line.hpp"
#include <gtest/gtest.h>
#include <string>

using namespace sys;

namespace {

template <class... Pieces>
std::string line(Pieces const&... pieces)
{
    return std::string{Line{pieces...}.view()};
}

}  // namespace

TEST(Line, pieces_follow_each_other)
{
    EXPECT_EQ(line("a", 'b', std::string_view{"c"}, 12, -3, std::uint8_t{7}), "abc12-37");
    EXPECT_EQ(line(Hex{0xbeef}, " ", PaddedHex{0xbeef}), "0xbeef 000000000000beef");
    EXPECT_EQ(line(~std::uint64_t{0}), "18446744073709551615");
}

TEST(Line, columns_are_padded_but_never_cut)
{
    EXPECT_EQ(line(Padded{7, 3, '0'}, Padded{1234, 3}, Padded{5, 3}), "0071234  5");
    EXPECT_EQ(line(LeftAligned{"ab", 4}, "|", LeftAligned{"abcde", 4}, "|"), "ab  |abcde|");
}

TEST(Line, what_does_not_fit_is_cut_off)
{
    std::string const long_text(Line::capacity - 1, 'x');
    EXPECT_EQ(line(long_text.c_str(), "yz", 5), long_text + "y");
}
