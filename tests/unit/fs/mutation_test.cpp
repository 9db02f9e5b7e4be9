// Damaged volumes: random bytes of the metadata are changed; whatever is done then ends, with an
// error at worst. Checksums are off, so that the damage is not noticed before it is used.
#include "tests/unit/fs/mounted.hpp"
#include "tests/unit/fs/pattern.hpp"
#include <fstream>
#include <gtest/gtest.h>
#include <random>

namespace {

constexpr std::size_t block_bytes = 1024;

void fill(Image const& image)
{
    Mounted mounted{image};
    ASSERT_TRUE(mounted.make_directory("d"));
    for (int i = 0; i < 60; ++i)
        ASSERT_TRUE(mounted.write("d/file-with-a-long-name-" + std::to_string(i), "content"));
    for (std::uint64_t i = 0; i < 100; ++i)
        ASSERT_TRUE(mounted.write("comb", "tooth", i * 4 * block_bytes));
    ASSERT_TRUE(mounted.write("large", pattern(300'000, 1)));
    ASSERT_TRUE(mounted.link("link", "d/file-with-a-long-name-1"));
    ASSERT_TRUE(mounted.link("far", "/" + std::string(200, '/') + "large"));
    ASSERT_TRUE(mounted.sync());
}

// Reads, writes and removes everything that can still be found.
void use(Mounted& mounted, std::string const& path, int depth)
{
    auto const names = mounted.list(path);
    if (!names || depth > 4)
        return;
    for (std::string const& name : *names) {
        std::string const child = path + "/" + name;
        if (auto inode = mounted.find(child); inode && (*inode)->kind() == ext4::Kind::directory) {
            use(mounted, child, depth + 1);
            (void)mounted.remove_directory(child);
            continue;
        } else if (inode) {
            std::uint64_t const size = (*inode)->size();
            (void)mounted.read_from(**inode, 0, 400'000);
            (void)mounted.read_from(**inode, size < 10 ? 0 : size - 10, 100);
            (void)mounted.write_to(**inode, pattern(5'000, 2), 3 * block_bytes);
            (void)mounted.write_to(**inode, "end", size);
        }
        (void)mounted.truncate(child, 2'000);
        (void)mounted.rename(child, child + "-renamed");
        (void)mounted.remove(child + "-renamed");
        (void)mounted.remove(child);
    }
}

}  // namespace

class Mutation : public testing::TestWithParam<unsigned> {};

TEST_P(Mutation, is_survived)
{
    std::mt19937 random{GetParam()};
    Image image{"-b 1024 -O ^has_journal,^metadata_csum,^uninit_bg -N 256 -g 2048", "6M"};
    fill(image);
    std::ifstream original{image.path(), std::ios::binary};
    std::string const sound{std::istreambuf_iterator<char>{original}, {}};

    for (int round = 0; round < 60; ++round) {
        std::string damaged = sound;
        // What holds metadata is mostly in the first quarter, and in blocks that look like it.
        for (std::size_t flips = 1 + random() % 12; flips > 0; --flips) {
            std::size_t const within = random() % 2 == 0 ? damaged.size() : 300 * block_bytes;
            std::size_t const at = block_bytes + random() % (within - block_bytes);
            damaged[at] = static_cast<char>(random() % 3 == 0 ? 0xff : random());
        }
        std::ofstream{image.path(), std::ios::binary} << damaged;
        Mounted mounted{image, 64};
        if (mounted.status() != Status::ok)
            continue;
        use(mounted, "", 0);
        (void)mounted.make_directory("new");
        for (int i = 0; i < 40; ++i)
            (void)mounted.write("new/another-file-" + std::to_string(i), pattern(3'000, 3));
        (void)mounted.sync();
    }
}

INSTANTIATE_TEST_SUITE_P(, Mutation, testing::Range(1u, 4u));
