// Mapped: a file as a process sees it that has it mapped, in memory with a real protection: what is
// done to a page that is not there, or may not be written, ends the test.
#pragma once
#include "servers/fs/mapping/mapped_pages.hpp"
#include <string>
#include <string_view>

class TestWindow final : public fs::PageWindow {
public:
    explicit TestWindow(std::size_t pages);
    TestWindow(TestWindow const&) = delete;
    TestWindow& operator=(TestWindow const&) = delete;
    ~TestWindow();

    std::span<std::byte, fs::file_page_bytes> bytes_of(std::uint64_t number) const override;
    std::span<std::byte, fs::file_page_bytes> new_page() override { return new_page_; }
    Result<> supply(std::uint64_t number) override;
    void allow_writes(std::uint64_t first, std::uint64_t count, bool allowed) override;
    void discard(std::uint64_t first, std::uint64_t count) override;

    enum class Access : std::uint8_t { none, read, write };
    Access access_to(std::uint64_t number) const { return access_[number]; }

private:
    void protect(std::uint64_t number, Access access);

    std::vector<Access> access_;
    std::byte* memory_;
    std::array<std::byte, fs::file_page_bytes> new_page_{};
};

class Mapped {
public:
    explicit Mapped(fs::NodeRef const& node, std::size_t pages = 512)
        : window_{pages}, pages_{node.share(), window_}
    {
    }

    // What the process stores and loads.
    Result<> store(std::uint64_t offset, std::string_view text);
    Result<std::string> load(std::uint64_t offset, std::size_t length);
    // Brings pages in without a look at them.
    Result<> touch(std::uint64_t first, std::size_t count);

    fs::MappedPages& pages() { return pages_; }

private:
    Result<> store_in_page(std::uint64_t offset, std::string_view text);

    TestWindow window_;
    fs::MappedPages pages_;
};

// What other processes read and write.
Result<std::string> read_at(fs::NodeRef const& node, std::uint64_t offset, std::size_t length);
Result<std::string> read_all(fs::NodeRef const& node);
Result<> write_at(fs::NodeRef const& node, std::uint64_t offset, std::string_view text);
