// Runs the tools of e2fsprogs.
#include "tests/unit/fs/image.hpp"
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

FileDisk::FileDisk(std::string const& path, std::byte* buffer)
    : file_{open(path.c_str(), O_RDWR)}, buffer_{buffer}
{
    struct stat status{};
    if (file_ < 0 || fstat(file_, &status) != 0)
        throw std::runtime_error{"cannot open " + path};
    page_count_ = static_cast<std::uint64_t>(status.st_size) / fs::page_bytes;
}

FileDisk::~FileDisk() { close(file_); }

Result<> FileDisk::read(fs::PageNumber first, std::span<fs::FrameIndex const> frames)
{
    ++reads_;
    if (failing_read_ != 0 && reads_ % failing_read_ == 0)
        return fail(Status::io_error);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        auto const at = static_cast<off_t>((first + i) * fs::page_bytes);
        if (pread(file_, buffer_ + frames[i] * fs::page_bytes, fs::page_bytes, at) !=
            static_cast<ssize_t>(fs::page_bytes))
            return fail(Status::io_error);
    }
    return {};
}

Result<> FileDisk::write(fs::PageNumber first, std::span<fs::FrameIndex const> frames)
{
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (pages_until_loss_ == 0)
            return fail(Status::io_error);
        --pages_until_loss_;
        auto const at = static_cast<off_t>((first + i) * fs::page_bytes);
        if (pwrite(file_, buffer_ + frames[i] * fs::page_bytes, fs::page_bytes, at) !=
            static_cast<ssize_t>(fs::page_bytes))
            return fail(Status::io_error);
    }
    return {};
}

int run(std::string const& command, std::string& output)
{
    output.clear();
    FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr)
        return -1;
    char buffer[4096];
    for (std::size_t count; (count = fread(buffer, 1, sizeof buffer, pipe)) > 0;)
        output.append(buffer, count);
    int const status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Image::Image(std::string const& options, std::string const& size)
{
    char name[] = "/tmp/fs-test-XXXXXX";
    if (mkdtemp(name) == nullptr)
        throw std::runtime_error{"cannot make a folder"};
    folder_ = name;
    path_ = folder_ + "/disk.img";
    std::string text;
    if (run("mke2fs -q -F -t ext4 " + options + " " + path_ + " " + size, text) != 0)
        throw std::runtime_error{"mke2fs: " + text};
}

Image::~Image()
{
    std::string text;
    run("rm -rf " + folder_, text);
}

int Image::check() const
{
    std::string text;
    int const status = run("e2fsck -fn " + path_, text);
    std::ofstream{folder_ + "/output"} << text;
    return status;
}

int Image::repair() const
{
    std::string text;
    int const status = run("e2fsck -fy " + path_, text);
    std::ofstream{folder_ + "/output"} << text;
    return status;
}

std::string Image::output() const
{
    std::stringstream text;
    text << std::ifstream{folder_ + "/output"}.rdbuf();
    return text.str();
}

std::string Image::read(std::string const& file_path) const
{
    std::string text;
    std::string const copy = folder_ + "/copy";
    run("rm -f " + copy, text);
    run("debugfs -R 'dump \"" + file_path + "\" " + copy + "' " + path_, text);
    std::stringstream content;
    content << std::ifstream{copy, std::ios::binary}.rdbuf();
    return content.str();
}

std::string Image::debugfs(std::string const& command) const
{
    std::string text;
    run("debugfs -R '" + command + "' " + path_, text);
    return text;
}

void Image::write_with_debugfs(std::string const& command) const
{
    std::string text;
    run("debugfs -w -R '" + command + "' " + path_, text);
}
