// Space that was allocated but never written: debugfs makes it with fallocate.
#include "tests/unit/fs/mounted.hpp"
#include "tests/unit/fs/pattern.hpp"
#include <gtest/gtest.h>

TEST(Unwritten, reads_as_zeros_and_is_written_in_pieces)
{
    constexpr std::size_t blocks = 100;
    std::string expected(blocks * 4096, '\0');
    Image image{"-O ^has_journal -b 4096"};
    {
        Mounted mounted{image};
        ASSERT_TRUE(mounted.make("file"));
        ASSERT_TRUE(mounted.sync());
    }
    image.write_with_debugfs("fallocate /file 0 99");
    image.write_with_debugfs("sif /file size 409600");
    ASSERT_EQ(image.check(), 0) << image.output();
    {
        Mounted mounted{image};
        EXPECT_EQ(mounted.read("file"), expected);
        std::uint64_t const before = mounted.volume().info().free_blocks;
        for (std::size_t at : {40'000u, 50'000u, 0u, 409'590u, 45'000u, 41'000u, 200'000u}) {
            std::string const piece = pattern(10, static_cast<std::uint32_t>(at));
            ASSERT_TRUE(mounted.write("file", piece, at));
            expected.replace(at, piece.size(), piece);
        }
        EXPECT_EQ(mounted.read("file"), expected);
        EXPECT_LE(before - mounted.volume().info().free_blocks, 1u);
        ASSERT_TRUE(mounted.sync());
    }
    EXPECT_EQ(image.check(), 0) << image.output();
    EXPECT_EQ(image.read("/file"), expected);
}
