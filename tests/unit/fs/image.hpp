// Image: a volume made by mke2fs in a file of its own, checked by e2fsck, read back by debugfs.
#pragma once
#include "servers/fs/cache/block_source.hpp"
#include <string>
#include <vector>

// A disk in a file, which can be told to fail.
class FileDisk final : public fs::BlockSource {
public:
    FileDisk(std::string const& path, std::byte* buffer);
    FileDisk(FileDisk const&) = delete;
    FileDisk& operator=(FileDisk const&) = delete;
    ~FileDisk();

    std::uint64_t page_count() const override { return page_count_; }
    bool is_read_only() const override { return false; }
    Result<> read(fs::PageNumber first, std::span<fs::FrameIndex const> frames) override;
    Result<> write(fs::PageNumber first, std::span<fs::FrameIndex const> frames) override;
    Result<> flush() override { return {}; }

    // Power fails before that many more pages have been written.
    void lose_power_after(std::uint64_t pages) { pages_until_loss_ = pages; }
    // One read in that many fails; 0: none.
    void fail_reads(std::uint64_t one_in) { failing_read_ = one_in; }

private:
    int file_;
    std::byte* buffer_;
    std::uint64_t page_count_;
    std::uint64_t pages_until_loss_ = ~std::uint64_t{0};
    std::uint64_t failing_read_ = 0;
    std::uint64_t reads_ = 0;
};

class Image {
public:
    // `options` as mke2fs takes them; `size` too: "16M".
    explicit Image(std::string const& options, std::string const& size = "16M");
    Image(Image const&) = delete;
    Image& operator=(Image const&) = delete;
    ~Image();

    std::string const& path() const { return path_; }
    std::string folder() const { return folder_; }

    // What e2fsck -fn returns: 0 for a volume without a fault, and clean.
    int check() const;
    int repair() const;  // e2fsck -fy; 1 means that something was mended
    std::string output() const;
    std::string read(std::string const& file_path) const;
    std::string debugfs(std::string const& command) const;
    void write_with_debugfs(std::string const& command) const;

private:
    std::string folder_;
    std::string path_;
};

// Runs a shell command; its output is in `output`.
int run(std::string const& command, std::string& output);
