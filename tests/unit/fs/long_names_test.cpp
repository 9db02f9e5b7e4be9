// Names of every length in small blocks: few fit into one, and each split has to leave room.
#include "tests/unit/fs/mounted.hpp"
#include <gtest/gtest.h>
#include <random>

TEST(LongNames, fit_whatever_their_order)
{
    Image image{"-b 1024 -O ^has_journal -N 4096"};
    {
        Mounted mounted{image};
        std::mt19937 random{42};
        std::vector<std::string> names;
        for (int i = 0; i < 1500; ++i) {
            std::size_t const length = i % 3 == 0 ? 250 : 1 + random() % 240;
            names.push_back(std::to_string(i) + std::string(length, 'n'));
            names.back().resize(std::min<std::size_t>(names.back().size(), 255));
            ASSERT_TRUE(mounted.make(names.back())) << i;
            if (i % 5 != 4)
                continue;
            ASSERT_TRUE(mounted.remove(names[random() % 4 + names.size() - 5]));
        }
        ASSERT_TRUE(mounted.sync());
        EXPECT_EQ(mounted.make(std::string(256, 'x')).error(), Status::name_too_long);
    }
    EXPECT_EQ(image.check(), 0) << image.output();
}
