// Files in memory, and two file systems as one tree.
#include "servers/fs/tmpfs/files.hpp"
#include "tests/unit/fs/mounted.hpp"
#include "tests/unit/fs/pattern.hpp"
#include "tests/unit/fs/test_memory.hpp"
#include <cstring>
#include <gtest/gtest.h>

namespace {

constexpr std::uint32_t pages = 64;
constexpr std::uint32_t entries = 40;
constexpr fs::Mode directory_mode = fs::mode::of(fs::Kind::directory) | 0755;

class Temporary : public testing::Test {
protected:
    Temporary()
    {
        EXPECT_TRUE(mounted->make_directory("tmp"));
        EXPECT_TRUE(mounted->write("tmp/covered", "x"));
        EXPECT_TRUE(mounted->tree().mount(*files, at("tmp")));
    }
    ~Temporary()
    {
        EXPECT_TRUE(mounted->sync());
        mounted.reset();
        EXPECT_EQ(files->space().free_blocks, pages - left_over);
        EXPECT_EQ(image.check(), 0) << image.output();
    }

    fs::View view() { return mounted->view(); }
    fs::NodeRef at(std::string_view path) { return *view().find(path, fs::LastLink::keep); }
    fs::Attributes attributes(std::string_view path)
    {
        fs::NodeRef const node = at(path);
        return node.system().attributes(*node);
    }
    Result<std::size_t> write(std::string_view path, std::string_view text,
                              std::uint64_t offset = 0)
    {
        fs::Opening const opening{
            .existing = fs::Opening::Existing::allowed, .takes_what_it_may = true, .mode = 0644};
        fs::Opened const opened = TRY(view().open(path, opening));
        return write_to(opened.node, text, offset);
    }
    static Result<std::size_t> write_to(fs::NodeRef const& node, std::string_view text,
                                        std::uint64_t offset)
    {
        TextSource source{text};
        return node.system().write(*node, offset, text.size(), source);
    }
    std::string read(std::string_view path) { return read_from(at(path)); }
    static std::string read_from(fs::NodeRef const& node)
    {
        TextTarget target;
        auto const count = node.system().read(*node, 0, 1 << 24, target);
        EXPECT_EQ(count, target.text.size());
        return target.text;
    }

    class TextSource final : public fs::WriteSource {
    public:
        explicit TextSource(std::string_view text) : text_{text} {}
        Result<> get(std::size_t offset, std::span<std::byte> into) override
        {
            std::memcpy(into.data(), text_.substr(offset, into.size()).data(), into.size());
            return {};
        }

    private:
        std::string_view text_;
    };
    class TextTarget final : public fs::ReadTarget {
    public:
        Result<> put(std::size_t, std::span<std::byte const> bytes) override
        {
            text.append(reinterpret_cast<char const*>(bytes.data()), bytes.size());
            return {};
        }
        std::string text;
    };

    TestClock clock;
    TestMemory memory{pages};
    std::unique_ptr<tmpfs::Files> files = *tmpfs::Files::create(clock, memory, entries);
    Image image{"-b 4096 -O ^has_journal"};
    std::unique_ptr<Mounted> mounted = std::make_unique<Mounted>(image);
    std::uint64_t left_over = 0;  // pages that a test leaves in use: the root's names, at least
};

}  // namespace

TEST_F(Temporary, keeps_what_is_written)
{
    std::string const text = pattern(100'000, 4);
    ASSERT_EQ(write("tmp/a", text), text.size());
    EXPECT_EQ(read("tmp/a"), text);
    ASSERT_EQ(write("tmp/a", "middle", 50'000), 6u);
    EXPECT_EQ(read("tmp/a").substr(50'000, 6), "middle");
    EXPECT_EQ(attributes("tmp/a").size, text.size());
    EXPECT_GT(attributes("tmp/a").modified.seconds, 0);
    ASSERT_TRUE(view().remove("tmp/a"));
    left_over = 2;
}

TEST_F(Temporary, holes_and_what_was_cut_off_read_as_zeros)
{
    ASSERT_EQ(write("tmp/a", "abc", 20'000), 3u);
    EXPECT_EQ(read("tmp/a"), std::string(20'000, '\0') + "abc");
    EXPECT_LE(attributes("tmp/a").blocks, 16u);
    fs::NodeRef node = at("tmp/a");
    ASSERT_TRUE(files->truncate(*node, 20'001));
    ASSERT_TRUE(files->truncate(*node, 20'010));
    EXPECT_EQ(read("tmp/a"), std::string(20'000, '\0') + "a" + std::string(9, '\0'));
    ASSERT_TRUE(files->truncate(*node, 0));
    EXPECT_EQ(attributes("tmp/a").blocks, 0u);
    EXPECT_EQ(files->truncate(*node, tmpfs::largest_size + 1).error(), Status::too_large);
    left_over = 2;
}

TEST_F(Temporary, is_full_when_its_pages_are)
{
    std::string const text = pattern(pages * 4096, 1);
    auto const written = write("tmp/a", text);
    ASSERT_TRUE(written);
    EXPECT_LT(*written, text.size());
    EXPECT_EQ(read("tmp/a"), text.substr(0, *written));
    EXPECT_EQ(files->space().free_blocks, 0u);
    EXPECT_EQ(write("tmp/b", "x").error(), Status::no_space);
    ASSERT_TRUE(view().remove("tmp/a"));
    EXPECT_EQ(write("tmp/b", "x"), 1u);
    left_over = 4;
}

TEST_F(Temporary, is_full_when_its_entries_are)
{
    Status last = Status::ok;
    unsigned made = 0;
    while (last == Status::ok && made < 2 * entries)
        last = to_status(view().make("tmp/" + std::to_string(made++), directory_mode));
    EXPECT_EQ(last, Status::no_space);
    EXPECT_EQ(made, entries);  // the root is one, and the last one failed
    for (unsigned i = 0; i + 1 < made; ++i)
        EXPECT_TRUE(view().remove_directory("tmp/" + std::to_string(i)));
    EXPECT_EQ(attributes("tmp").links, 2u);
    left_over = 4;
}

TEST_F(Temporary, a_removed_file_keeps_its_content_while_it_is_open)
{
    ASSERT_EQ(write("tmp/a", "content"), 7u);
    {
        fs::NodeRef const open = at("tmp/a");
        ASSERT_TRUE(view().remove("tmp/a"));
        EXPECT_EQ(view().find("tmp/a", fs::LastLink::keep).error(), Status::not_found);
        EXPECT_EQ(read_from(open), "content");
        EXPECT_EQ(write("tmp/b", "other"), 5u);
        EXPECT_EQ(read_from(open), "content");
    }
    ASSERT_TRUE(view().remove("tmp/b"));
    left_over = 2;
}

TEST_F(Temporary, names_are_renamed_linked_and_replaced)
{
    ASSERT_TRUE(view().make("tmp/d", directory_mode));
    ASSERT_TRUE(view().make("tmp/e", directory_mode));
    ASSERT_EQ(write("tmp/a", "1"), 1u);
    ASSERT_TRUE(view().link("tmp/a", "tmp/d/b", fs::LastLink::keep));
    EXPECT_EQ(attributes("tmp/a").links, 2u);
    ASSERT_TRUE(view().rename("tmp/a", "tmp/d/b", true));  // one file: nothing happens
    EXPECT_EQ(read("tmp/a"), "1");
    ASSERT_EQ(write("tmp/c", "2"), 1u);
    ASSERT_TRUE(view().rename("tmp/c", "tmp/d/b", true));
    EXPECT_EQ(read("tmp/d/b"), "2");
    EXPECT_EQ(attributes("tmp/a").links, 1u);
    EXPECT_EQ(view().rename("tmp/d", "tmp/d/x", true).error(), Status::bad_argument);
    EXPECT_EQ(view().rename("tmp/e", "tmp/d", true).error(), Status::not_empty);
    EXPECT_EQ(view().rename("tmp/a", "tmp/e", true).error(), Status::is_directory);
    EXPECT_EQ(view().rename("tmp/e", "tmp/a", true).error(), Status::not_a_directory);
    ASSERT_TRUE(view().rename("tmp/d", "tmp/e", true));
    EXPECT_EQ(read("tmp/e/b"), "2");
    ASSERT_TRUE(view().make_link("tmp/l", "e/b"));
    EXPECT_EQ(*view().find("tmp/l", fs::LastLink::follow), at("tmp/e/b"));
    EXPECT_EQ(view().remove_directory("tmp/e").error(), Status::not_empty);
    for (char const* path : {"tmp/e/b", "tmp/a", "tmp/l"})
        EXPECT_TRUE(view().remove(path)) << path;
    EXPECT_TRUE(view().remove_directory("tmp/e"));
    EXPECT_EQ(attributes("tmp").links, 2u);
    left_over = 2;
}

TEST_F(Temporary, paths_cross_the_mount_both_ways)
{
    ASSERT_TRUE(mounted->write("file", "outside"));
    ASSERT_TRUE(view().make("tmp/d", directory_mode));
    EXPECT_EQ(at("tmp/d/../../file"), at("file"));
    EXPECT_EQ(at("tmp/.."), at("."));
    EXPECT_EQ(view().find("tmp/covered", fs::LastLink::keep).error(), Status::not_found);
    ASSERT_TRUE(view().make_link("tmp/l", "/file"));
    EXPECT_EQ(*view().find("tmp/l", fs::LastLink::follow), at("file"));
    EXPECT_EQ(view().link("file", "tmp/f", fs::LastLink::keep).error(), Status::cross_device);
    EXPECT_EQ(view().rename("file", "tmp/f", true).error(), Status::cross_device);
    EXPECT_EQ(view().rename("tmp/l", "l", true).error(), Status::cross_device);
    EXPECT_EQ(view().remove_directory("tmp").error(), Status::busy);
    EXPECT_EQ(view().rename("tmp", "other", true).error(), Status::busy);
    EXPECT_EQ(view().make("tmp", directory_mode).error(), Status::already_exists);
    left_over = 4;
}
