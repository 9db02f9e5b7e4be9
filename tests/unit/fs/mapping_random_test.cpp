// A file that is mapped, written, cut and stored in at random is what a string would be, and is
// found on the disk afterwards.
#include "servers/fs/tmpfs/files.hpp"
#include "tests/unit/fs/mapped.hpp"
#include "tests/unit/fs/mounted.hpp"
#include "tests/unit/fs/pattern.hpp"
#include "tests/unit/fs/test_memory.hpp"
#include <gtest/gtest.h>
#include <random>

namespace {

constexpr std::size_t most_bytes = 12 * fs::file_page_bytes;

class RandomUse {
public:
    RandomUse(fs::NodeRef const& node, unsigned seed) : node_{node}, random_{seed} {}

    // What the file has to hold at the end. Stops at what is wrong.
    std::string run(int steps)
    {
        Mapped mapped{node_};
        for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) {
            step(mapped);
            EXPECT_EQ(*read_all(node_) == model_, true) << "after step " << i;
        }
        EXPECT_TRUE(mapped.pages().give_back_all());
        EXPECT_EQ(*read_all(node_) == model_, true);
        return model_;
    }

private:
    std::size_t below(std::size_t end) { return random_() % std::max<std::size_t>(end, 1); }

    void step(Mapped& mapped)
    {
        switch (below(10)) {
        case 0:
        case 1:
            return write();
        case 2:
        case 3:
        case 4:
            return store(mapped);
        case 5:
            return load(mapped);
        case 6:
            return store_behind_the_end(mapped);
        case 7:
            return resize();
        case 8:
            EXPECT_TRUE(mapped.pages().settle());
            return;
        default:
            EXPECT_TRUE(below(4) == 0 ? mapped.pages().give_back_all()
                                      : mapped.pages().give_back_some());
            EXPECT_TRUE(node_.system().make_durable());
        }
    }

    void write()
    {
        std::size_t const at = below(below(3) == 0 ? most_bytes : model_.size() + 1);
        std::string const text = pattern(1 + below(most_bytes - at), random_());
        ASSERT_TRUE(write_at(node_, at, text));
        model_.resize(std::max(model_.size(), at + text.size()));
        model_.replace(at, text.size(), text);
    }

    void store(Mapped& mapped)
    {
        if (model_.empty())
            return;
        std::size_t const at = below(model_.size());
        std::string const text = pattern(1 + below(model_.size() - at), random_());
        ASSERT_TRUE(mapped.store(at, text));
        model_.replace(at, text.size(), text);
    }

    void load(Mapped& mapped)
    {
        std::size_t const at = below(model_.size());
        std::size_t const length = model_.empty() ? 0 : 1 + below(model_.size() - at);
        EXPECT_EQ(*mapped.load(at, length) == model_.substr(at, length), true);
    }

    void store_behind_the_end(Mapped& mapped)
    {
        if (model_.size() % fs::file_page_bytes == 0)
            return;
        std::size_t const left = fs::file_page_bytes - model_.size() % fs::file_page_bytes;
        ASSERT_TRUE(mapped.store(model_.size(), pattern(left, random_())));
    }

    void resize()
    {
        std::size_t const size = below(most_bytes);
        ASSERT_TRUE(fs::truncate_content(node_, size));
        model_.resize(size);
    }

    fs::NodeRef const& node_;
    std::minstd_rand random_;
    std::string model_;
};

}  // namespace

class RandomMapping : public testing::TestWithParam<std::tuple<char const*, unsigned>> {};

TEST_P(RandomMapping, is_what_a_string_would_be)
{
    auto const [kind, seed] = GetParam();
    Image image{std::string{kind} + " -O ^has_journal"};
    std::string expected;
    {
        Mounted mounted{image, 64};
        ASSERT_TRUE(mounted.write("file", ""));
        fs::NodeRef const node = *mounted.view().find("file", fs::LastLink::keep);
        expected = RandomUse{node, seed}.run(400);
        ASSERT_TRUE(mounted.sync());
    }
    EXPECT_EQ(image.check(), 0) << image.output();
    EXPECT_EQ(image.read("/file") == expected, true);
}

INSTANTIATE_TEST_SUITE_P(, RandomMapping,
                         testing::Combine(testing::Values("-b 4096", "-b 2048", "-b 1024"),
                                          testing::Values(1u, 2u, 3u, 4u)));

TEST(RandomMappingInMemory, is_what_a_string_would_be)
{
    TestClock clock;
    for (unsigned seed = 1; seed <= 6; ++seed) {
        TestMemory memory{64};
        auto const files = *tmpfs::Files::create(clock, memory, 8);
        fs::NodeRef const root = *files->root();
        fs::NodeRef const node = *files->make(*root, "file", {0, 0, 0100644});
        RandomUse{node, seed}.run(400);
    }
}
