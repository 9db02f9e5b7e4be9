// Reading volumes that mke2fs -d has filled from a folder of the host.
#include "tests/unit/fs/mount_options.hpp"
#include "tests/unit/fs/mounted.hpp"
#include "tests/unit/fs/pattern.hpp"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace {

// What the host puts on the volume.
class HostFolder {
public:
    HostFolder()
    {
        char name[] = "/tmp/fs-host-XXXXXX";
        path = mkdtemp(name);
    }
    ~HostFolder() { std::filesystem::remove_all(path); }
    void write(std::string const& name, std::string const& content) const
    {
        std::ofstream{path + "/" + name, std::ios::binary} << content;
    }
    std::string path;
};

class Reading : public testing::TestWithParam<char const*> {};

}  // namespace

TEST_P(Reading, files_of_the_host_have_their_content)
{
    HostFolder host;
    host.write("empty", "");
    host.write("small", "hello\n");
    host.write("large", pattern(3'000'001, 1));
    std::filesystem::create_directories(host.path + "/a/b/c");
    host.write("a/b/c/deep", pattern(5000, 2));
    for (int i = 0; i < 300; ++i)
        host.write("a/file-number-" + std::to_string(i), std::to_string(i));
    std::filesystem::create_symlink("../small", host.path + "/a/link");
    std::filesystem::create_symlink("/a/b", host.path + "/absolute");
    std::filesystem::create_symlink("./" + std::string(100, '/') + "large", host.path + "/long");
    std::filesystem::create_symlink("loop", host.path + "/loop");

    Image const image{std::string{GetParam()} + " -d " + host.path, "24M"};
    Mounted mounted{image, 64};
    ASSERT_EQ(mounted.status(), Status::ok) << mounted.notes.refusal;
    EXPECT_EQ(mounted.notes.warning, nullptr);
    EXPECT_EQ(mounted.notes.read_only, nullptr);

    EXPECT_EQ(mounted.read("empty"), "");
    EXPECT_EQ(mounted.read("small"), "hello\n");
    EXPECT_EQ(mounted.read("large"), pattern(3'000'001, 1));
    EXPECT_EQ(mounted.read("a/b/c/deep"), pattern(5000, 2));
    EXPECT_EQ(mounted.read("/a//b/./c/../c/deep"), pattern(5000, 2));
    EXPECT_EQ(mounted.read("../../small"), "hello\n");
    EXPECT_EQ(mounted.read("a/link"), "hello\n");
    EXPECT_EQ(mounted.read("absolute/c/deep"), pattern(5000, 2));
    EXPECT_EQ(mounted.read("long")->size(), 3'000'001u);
    EXPECT_EQ(mounted.find("loop").error(), Status::link_loop);
    EXPECT_EQ(mounted.find("nothing").error(), Status::not_found);
    EXPECT_EQ(mounted.find("small/x").error(), Status::not_a_directory);
    EXPECT_EQ(mounted.find("small/").error(), Status::not_a_directory);
    for (int i = 0; i < 300; ++i)
        EXPECT_EQ(mounted.read("a/file-number-" + std::to_string(i)), std::to_string(i));
    EXPECT_EQ(mounted.list("a")->size(), 302u);
    EXPECT_FALSE(mounted.volume().is_changed());
}

INSTANTIATE_TEST_SUITE_P(, Reading, testing::ValuesIn(kinds_of_volume));
