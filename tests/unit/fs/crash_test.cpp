// Power fails after the n-th page was written: e2fsck mends the volume, and what was synced before
// is whole.
#include "tests/unit/fs/mounted.hpp"
#include "tests/unit/fs/pattern.hpp"
#include <gtest/gtest.h>

namespace {

constexpr int old_files = 20;

std::string old_name(int i) { return "old-file-with-number-" + std::to_string(i); }
std::string old_content(int i) { return pattern(15'000, static_cast<unsigned>(i)); }

// Makes enough of everything that directories are split and blocks are used again.
Result<> work(Mounted& mounted)
{
    for (int i = 0; i < 150; ++i) {
        std::string const name = "new-file-with-number-" + std::to_string(i);
        TRY(mounted.write("d/" + name, pattern(9'000, 99)));
        if (i % 3 == 0)
            TRY(mounted.remove("d/" + name));
        if (i % 3 == 1)
            TRY(mounted.rename("d/" + name, "e/" + name));
        if (i % 50 == 7)
            TRY(mounted.make_directory("e/directory" + std::to_string(i)));
        if (i % 40 == 39)
            TRY(mounted.sync());
        else if (i % 10 == 9)
            TRY(mounted.cache().write_back());
    }
    // A new file takes an old one's place, as editors do it.
    TRY(mounted.write("d/temporary", old_content(0)));
    TRY(mounted.rename("d/temporary", "d/" + old_name(0)));
    return mounted.sync();
}

}  // namespace

class Crash : public testing::TestWithParam<int> {};

TEST_P(Crash, spares_what_was_synced)
{
    Image image{"-b 1024 -O ^has_journal"};
    {
        Mounted mounted{image, 64};
        ASSERT_TRUE(mounted.make_directory("d"));
        ASSERT_TRUE(mounted.make_directory("e"));
        for (int i = 0; i < old_files; ++i)
            ASSERT_TRUE(mounted.write("d/" + old_name(i), old_content(i)));
        ASSERT_TRUE(mounted.sync());
        mounted.disk().lose_power_after(static_cast<std::uint64_t>(GetParam()));
        (void)work(mounted);
    }
    EXPECT_LE(image.repair(), 1) << image.output();
    EXPECT_EQ(image.check(), 0) << image.output();
    for (int i = 0; i < old_files; ++i)
        EXPECT_EQ(image.read("/d/" + old_name(i)), old_content(i)) << i;
}

INSTANTIATE_TEST_SUITE_P(, Crash, testing::Range(1, 1400, 97));
