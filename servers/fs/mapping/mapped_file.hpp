// MappedFile: a file that processes have mapped, as memory whose pager this is.
#pragma once
#include "lib/sys/memory.hpp"
#include "lib/sys/server.hpp"
#include "servers/fs/mapping/mapped_pages.hpp"
#include <memory>

class MappedFiles;

class MappedFile final : public sys::Server, public fs::PageWindow {
public:
    static constexpr std::uint64_t most_pages = 1u << 18;  // 1 GiB

    // Errors: no_memory, no_handles
    static Result<MappedFile*> create(MappedFiles& files, fs::NodeRef const& node);

    // Users keep it; with the last one it ends, but for the memory that a client may still have.
    void add_user() { ++users_; }
    void drop_user();

    Result<sys::Handle> memory(bool is_writable) const;
    fs::MappedContent* content() { return pages_.get(); }
    std::size_t page_count() const { return pages_->page_count(); }
    Result<> give_back_some() { return pages_->give_back_some(); }

    std::span<std::byte, fs::file_page_bytes> bytes_of(std::uint64_t number) const override;
    std::span<std::byte, fs::file_page_bytes> new_page() override;
    Result<> supply(std::uint64_t number) override;
    void allow_writes(std::uint64_t first, std::uint64_t count, bool allowed) override;
    void discard(std::uint64_t first, std::uint64_t count) override;

    void dispatch(std::uint64_t header, std::uint64_t label, std::uint64_t word0,
                  std::uint64_t word1, std::uint64_t word2, std::uint64_t word3) override;
    void closed() override { delete this; }

private:
    explicit MappedFile(MappedFiles& files) : files_{files} {}
    ~MappedFile() = default;

    Result<> want(std::uint64_t label, std::uint64_t number);
    Result<> bring_in(std::uint64_t number);

    MappedFiles& files_;
    std::size_t users_ = 0;
    sys::Memory memory_;
    sys::Mapping view_;  // all of it; this process touches only the pages that are there
    std::unique_ptr<fs::MappedPages> pages_;  // while there are users
};
