// Paths of programs, put together before the file server sees them.
#include "libc/posix/path.hpp"
#include <gtest/gtest.h>
#include <string>

using posix::Path;

namespace {

std::string text_of(Result<Path> const& path)
{
    return path ? std::string{path->absolute()} : std::string{to_string(path.error())};
}

// From a directory that the server has told.
std::string resolved(std::string_view start, std::string_view path)
{
    return text_of(Path::settled(start)->resolve(path));
}

}  // namespace

TEST(Path, a_relative_path_starts_at_the_directory)
{
    EXPECT_EQ(resolved("/usr/lib", "a/b"), "/usr/lib/a/b");
}

TEST(Path, an_absolute_path_starts_at_the_root)
{
    EXPECT_EQ(resolved("/usr", "/bin/sh"), "/bin/sh");
}

TEST(Path, dots_and_empty_parts_are_left_out)
{
    EXPECT_EQ(resolved("/", ".//a/./b"), "/a/b");
    EXPECT_EQ(resolved("/", "."), "/");
    EXPECT_EQ(resolved("/", "//"), "/");
}

TEST(Path, what_says_that_it_is_a_directory_stays)
{
    EXPECT_EQ(resolved("/", "a//"), "/a/");
    EXPECT_EQ(resolved("/", "a/."), "/a/.");
    EXPECT_EQ(resolved("/a", "."), "/a/.");
    EXPECT_EQ(text_of(Path{}.resolve("a/")->resolve("b")), "/a/b");
}

TEST(Path, two_dots_lead_upwards_but_never_above_the_root)
{
    EXPECT_EQ(resolved("/a/b", "../c"), "/a/c");
    EXPECT_EQ(resolved("/a", "../../.."), "/");
    EXPECT_EQ(resolved("/", "../etc"), "/etc");
    EXPECT_EQ(resolved("/a/b", "/../etc"), "/etc");
}

TEST(Path, two_dots_after_what_could_be_a_link_are_the_servers)
{
    EXPECT_EQ(resolved("/a", "link/../b"), "/a/link/../b");
    EXPECT_EQ(resolved("/a", "link/../../b"), "/a/link/../../b");
    EXPECT_EQ(text_of(Path{}.resolve("link")->resolve("../b")), "/link/../b");
}

TEST(Path, the_server_gets_it_without_the_first_slash)
{
    EXPECT_EQ(Path{}.resolve("/a/b")->relative(), "a/b");
    EXPECT_EQ(Path{}.relative(), ".");
}

TEST(Path, an_empty_path_names_nothing)
{
    EXPECT_EQ(Path{}.resolve("").error(), Status::not_found);
}

TEST(Path, what_does_not_fit_into_a_message_is_refused)
{
    std::string const longest(Path::capacity - 1, 'x');
    EXPECT_EQ(Path{}.resolve(longest)->relative(), longest);
    EXPECT_EQ(Path{}.resolve(longest + "x").error(), Status::name_too_long);
    EXPECT_EQ(Path{}.resolve(longest)->resolve("y").error(), Status::name_too_long);
}
