// What devmgr tells a driver in text.
#include "lib/driver/parameters.hpp"
#include <gtest/gtest.h>

using driver::Parameters;

TEST(Parameters, are_found_by_their_whole_name)
{
    Parameters parameters{"registers-offset=512 reg-shift=2  shift=7 empty= reg-io-width=4"};
    EXPECT_EQ(parameters.number("registers-offset"), 512u);
    EXPECT_EQ(parameters.number("reg-shift"), 2u);
    EXPECT_EQ(parameters.number("shift"), 7u);
    EXPECT_EQ(parameters.number("reg-io-width"), 4u);
    EXPECT_FALSE(parameters.number("reg"));
    EXPECT_FALSE(parameters.number("empty"));
    EXPECT_FALSE(parameters.number("clock-frequency"));
}

TEST(Parameters, that_are_no_decimal_numbers_are_none)
{
    Parameters parameters{"a=12x b=-1 c=0x10 d=99999999999999999999 e"};
    for (char const* name : {"a", "b", "c", "d", "e"})
        EXPECT_FALSE(parameters.number(name)) << name;
    EXPECT_FALSE(Parameters{}.number("a"));
}
