// Mounted: an image that is mounted, with calls that tests can be written in.
#pragma once
#include "servers/fs/ext4/file.hpp"
#include "servers/fs/ext4/namespace.hpp"
#include "servers/fs/ext4/volume_files.hpp"
#include "servers/fs/tree/view.hpp"
#include "tests/unit/fs/image.hpp"
#include <string_view>

// One second later at each look.
class TestClock final : public ext4::Clock {
public:
    ext4::Timestamp now() override { return {1'700'000'000 + ++calls_, 123'456'789}; }

private:
    std::int64_t calls_ = 0;
};

class Mounted {
public:
    explicit Mounted(std::string const& path, std::size_t cache_pages = 512);
    explicit Mounted(Image const& image, std::size_t cache_pages = 512)
        : Mounted{image.path(), cache_pages}
    {
    }
    ~Mounted();

    // Whether it worked; if not, `notes` says why.
    Status status() const { return status_; }
    ext4::MountNotes notes;

    ext4::Volume& volume() { return *volume_; }
    fs::Tree& tree() { return *tree_; }

    // What the superuser sees from the root; or another user, or from somewhere else.
    fs::View view() { return view({}, *files_->root()); }
    fs::View view(fs::Credential const& who) { return view(who, *files_->root()); }
    fs::View view(fs::Credential const& who, fs::NodeRef start);
    FileDisk& disk() { return *disk_; }
    fs::BlockCache& cache() { return *cache_; }

    Result<ext4::InodeRef> find(std::string_view path);
    Result<ext4::InodeRef> make(std::string_view path);  // finds it or makes it
    Result<> make_directory(std::string_view path);
    Result<> link(std::string_view path, std::string_view target);
    Result<> remove(std::string_view path);
    Result<> remove_directory(std::string_view path);
    Result<> rename(std::string_view from, std::string_view to);
    Result<> write(std::string_view path, std::string_view content, std::uint64_t offset = 0);
    Result<std::string> read(std::string_view path);
    Result<> truncate(std::string_view path, std::uint64_t size);
    Result<std::vector<std::string>> list(std::string_view path);
    Result<> sync() { return volume_->sync(); }

    Result<> write_to(ext4::Inode& inode, std::string_view content, std::uint64_t offset);
    Result<std::string> read_from(ext4::Inode& inode, std::uint64_t offset, std::size_t length);

private:
    TestClock clock_;
    std::byte* buffer_;
    std::size_t buffer_bytes_;
    std::unique_ptr<FileDisk> disk_;
    std::unique_ptr<fs::BlockCache> cache_;
    std::unique_ptr<ext4::Volume> volume_;
    std::unique_ptr<ext4::VolumeFiles> files_;
    std::unique_ptr<fs::Tree> tree_;
    Status status_ = Status::ok;
};
