// Hard and symbolic links, nodes without content, and what paths may end in.
#include "tests/unit/fs/mounted.hpp"
#include "tests/unit/fs/pattern.hpp"
#include <gtest/gtest.h>

namespace {

using fs::mode::of;

class Names : public testing::Test {
protected:
    ~Names()
    {
        EXPECT_TRUE(mounted->sync());
        mounted.reset();
        EXPECT_EQ(image.check(), 0) << image.output();
    }

    fs::View view() { return mounted->view(); }
    fs::Attributes attributes(std::string_view path)
    {
        fs::NodeRef const node = *view().find(path, fs::LastLink::keep);
        return node.system().attributes(*node);
    }
    Status link(std::string_view from, std::string_view to)
    {
        return to_status(view().link(from, to, fs::LastLink::keep));
    }
    Status open(std::string_view path, fs::Opening const& how)
    {
        auto const opened = view().open(path, how);
        return opened ? Status::ok : opened.error();
    }
    std::string target(std::string_view path)
    {
        std::array<char, 4096> text;
        fs::NodeRef const node = *view().find(path, fs::LastLink::keep);
        return std::string{*node.system().read_link(*node, text)};
    }

    Image image{"-b 1024 -O ^has_journal"};
    std::unique_ptr<Mounted> mounted = std::make_unique<Mounted>(image);
};

constexpr fs::Opening creating{.existing = fs::Opening::Existing::allowed, .wants_write = true};
constexpr fs::Opening making_anew{.existing = fs::Opening::Existing::refused, .wants_write = true};

}  // namespace

TEST_F(Names, a_file_lives_until_its_last_name_goes)
{
    ASSERT_TRUE(mounted->write("a", "content"));
    ASSERT_TRUE(mounted->make_directory("d"));
    ASSERT_EQ(link("a", "d/b"), Status::ok);
    EXPECT_EQ(attributes("a").links, 2u);
    EXPECT_EQ(link("a", "d/b"), Status::already_exists);
    ASSERT_TRUE(mounted->remove("a"));
    EXPECT_EQ(mounted->read("d/b"), "content");
    EXPECT_EQ(attributes("d/b").links, 1u);
    // Two names of one file: renaming one onto the other does nothing.
    ASSERT_EQ(link("d/b", "a"), Status::ok);
    ASSERT_TRUE(mounted->rename("a", "d/b"));
    EXPECT_EQ(mounted->read("a"), "content");
}

TEST_F(Names, directories_have_one_name)
{
    ASSERT_TRUE(mounted->make_directory("d"));
    EXPECT_EQ(link("d", "e"), Status::not_permitted);
    EXPECT_EQ(link("nothing", "e"), Status::not_found);
}

TEST_F(Names, a_file_takes_65000_names_and_no_more)
{
    ASSERT_TRUE(mounted->write("a", "x"));
    mounted->find("a").value()->raw.links = 65000;
    EXPECT_EQ(link("a", "b"), Status::too_many_links);
    mounted->find("a").value()->raw.links = 1;
}

TEST_F(Names, symbolic_links_of_every_length)
{
    for (std::size_t const length : {1u, 59u, 60u, 61u, 500u, 1023u}) {
        std::string const text = pattern(length, 3);
        std::string printable;
        for (char const byte : text)
            printable += static_cast<char>('a' + (static_cast<unsigned char>(byte) % 26));
        std::string const name = "l" + std::to_string(length);
        ASSERT_TRUE(view().make_link(name, printable)) << length;
        EXPECT_EQ(target(name), printable);
    }
    EXPECT_EQ(view().make_link("l", std::string(1024, 'x')).error(), Status::name_too_long);
    EXPECT_EQ(view().make_link("l", "").error(), Status::bad_argument);
    EXPECT_EQ(view().make_link("l1", "x").error(), Status::already_exists);
}

TEST_F(Names, a_link_that_leads_nowhere_is_where_a_file_is_made)
{
    ASSERT_TRUE(mounted->make_directory("d"));
    ASSERT_TRUE(view().make_link("d/one", "../two"));
    ASSERT_TRUE(view().make_link("two", "/d/three"));
    EXPECT_EQ(open("d/one", {.wants_read = true}), Status::not_found);
    EXPECT_EQ(open("d/one", making_anew), Status::already_exists);
    EXPECT_EQ(open("d/one", creating), Status::ok);
    EXPECT_EQ(attributes("d/three").ownership.kind(), fs::Kind::file);
    EXPECT_EQ(open("d/one", {.follows_links = false, .wants_read = true}), Status::link_loop);
    ASSERT_TRUE(view().make_link("circle", "circle"));
    EXPECT_EQ(open("circle", creating), Status::link_loop);
}

TEST_F(Names, forty_links_on_a_path_are_followed)
{
    ASSERT_TRUE(mounted->write("l0", "x"));
    for (int i = 1; i <= 41; ++i)
        ASSERT_TRUE(view().make_link("l" + std::to_string(i), "l" + std::to_string(i - 1)));
    EXPECT_TRUE(mounted->find("l40"));
    EXPECT_EQ(mounted->find("l41").error(), Status::link_loop);
}

TEST_F(Names, fifos_and_sockets_are_names_only)
{
    ASSERT_TRUE(view().make("fifo", static_cast<fs::Mode>(of(fs::Kind::fifo) | 0600)));
    ASSERT_TRUE(view().make("socket", static_cast<fs::Mode>(of(fs::Kind::socket) | 0600)));
    EXPECT_EQ(attributes("fifo").ownership.kind(), fs::Kind::fifo);
    EXPECT_EQ(attributes("socket").ownership.kind(), fs::Kind::socket);
    EXPECT_EQ(open("fifo", {.wants_read = true}), Status::not_supported);
    ASSERT_TRUE(mounted->sync());
    EXPECT_EQ(image.check(), 0) << image.output();
    EXPECT_NE(image.debugfs("stat fifo").find("Type: FIFO"), std::string::npos);
    ASSERT_TRUE(mounted->rename("fifo", "pipe"));
    ASSERT_TRUE(mounted->remove("pipe"));
    ASSERT_TRUE(mounted->remove("socket"));
}

TEST_F(Names, slashes_and_dots_at_the_end)
{
    ASSERT_TRUE(mounted->write("file", "x"));
    ASSERT_TRUE(mounted->make_directory("d"));
    EXPECT_TRUE(mounted->make_directory("e/"));
    EXPECT_EQ(mounted->remove("file/").error(), Status::not_a_directory);
    EXPECT_EQ(mounted->rename("file/", "x").error(), Status::not_a_directory);
    EXPECT_EQ(mounted->rename("file", "x/").error(), Status::not_a_directory);
    EXPECT_TRUE(mounted->rename("d/", "f/"));
    EXPECT_EQ(open("new/", creating), Status::is_directory);
    EXPECT_EQ(open("file/", creating), Status::not_a_directory);
    EXPECT_EQ(open(".", creating), Status::is_directory);
    EXPECT_EQ(open(".", making_anew), Status::already_exists);
    EXPECT_EQ(view().make("/", of(fs::Kind::directory)).error(), Status::already_exists);
    EXPECT_EQ(mounted->remove("f/..").error(), Status::is_directory);
    EXPECT_EQ(mounted->remove_directory("f/.").error(), Status::bad_argument);
    EXPECT_EQ(mounted->remove_directory("e/../f/..").error(), Status::not_empty);
    EXPECT_EQ(mounted->remove_directory("/").error(), Status::busy);
    EXPECT_TRUE(mounted->remove_directory("f/"));
}

TEST_F(Names, a_name_is_replaced_only_where_it_may_be)
{
    ASSERT_TRUE(mounted->write("a", "1"));
    ASSERT_TRUE(mounted->write("b", "2"));
    EXPECT_EQ(view().rename("a", "b", false).error(), Status::already_exists);
    EXPECT_EQ(mounted->read("b"), "2");
    EXPECT_TRUE(view().rename("a", "b", true));
    EXPECT_EQ(mounted->read("b"), "1");
}

TEST_F(Names, what_was_looked_up_before_is_not_remembered_wrongly)
{
    ASSERT_TRUE(mounted->make_directory("d"));
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(mounted->find("d/x").error(), Status::not_found);
        ASSERT_TRUE(mounted->write("d/x", "old"));
        EXPECT_EQ(mounted->read("d/x"), "old");
        ASSERT_TRUE(mounted->write("y", "new"));
        ASSERT_TRUE(mounted->rename("y", "d/x"));
        EXPECT_EQ(mounted->read("d/x"), "new");
        EXPECT_EQ(mounted->find("y").error(), Status::not_found);
        ASSERT_TRUE(mounted->rename("d", "e"));
        EXPECT_EQ(mounted->find("d/x").error(), Status::not_found);
        EXPECT_EQ(mounted->read("e/x"), "new");
        ASSERT_TRUE(mounted->remove("e/x"));
        EXPECT_EQ(mounted->find("e/x").error(), Status::not_found);
        ASSERT_TRUE(mounted->remove_directory("e"));
        ASSERT_TRUE(mounted->make_directory("d"));
    }
}
