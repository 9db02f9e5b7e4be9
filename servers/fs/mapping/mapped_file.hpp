// MappedFile: the pages of a file that processes have mapped, in memory whose pager this is.
//
// A page that is there is newer than what the file system has of it, if it may be written; whoever
// first writes to it afterwards calls here. Pages hold nothing but this file's content and are let
// go of, never used again: a clone may keep them for as long as it likes.
#pragma once
#include "lib/sys/memory.hpp"
#include "lib/sys/server.hpp"
#include "servers/fs/tree/content.hpp"
#include <vector>

class MappedFiles;

class MappedFile final : public sys::Server, public fs::MappedContent {
public:
    static constexpr std::uint64_t most_pages = 1u << 18;  // 1 GiB

    // Errors: no_memory, no_handles
    static Result<MappedFile*> create(MappedFiles& files, fs::NodeRef const& node);

    // Users keep it; with the last one it ends, but for the memory that a client may still have.
    void add_user() { ++users_; }
    void drop_user();

    Result<sys::Handle> memory(bool is_writable) const;
    std::size_t page_count() const { return pages_.size(); }

    Result<> settle(std::uint64_t offset, std::uint64_t length) override;
    void refresh(std::uint64_t offset, std::uint64_t length) override;
    void resize(std::uint64_t from, std::uint64_t to) override;

    // Lets go of some pages. Errors: those of writing what was stored in them
    Result<> evict_some();

    void dispatch(std::uint64_t header, std::uint64_t label, std::uint64_t word0,
                  std::uint64_t word1, std::uint64_t word2, std::uint64_t word3) override;
    void closed() override { delete this; }

private:
    struct Page {
        std::uint32_t number;
        bool may_be_written;
    };
    using Pages = std::vector<Page>;

    MappedFile(MappedFiles& files, fs::NodeRef node) : files_{files}, node_{std::move(node)} {}
    ~MappedFile() = default;

    std::uint64_t file_size() const { return node_.system().attributes(*node_).size; }
    std::span<std::byte> bytes_of(Page const& page) const;
    Pages::iterator first_from(std::uint64_t number);
    Result<> want(std::uint64_t label, std::uint64_t number);
    Result<> bring_in(std::uint64_t number);
    Result<> fill(std::uint64_t number, std::span<std::byte> bytes);
    Result<> allow_write(std::uint64_t number);
    Result<> make_writable(Page& page);
    Result<> settle(Pages::iterator begin, Pages::iterator end);
    Result<> write_page(Page const& page);
    void discard(Pages::iterator begin, Pages::iterator end);
    void let_go();

    MappedFiles& files_;
    fs::NodeRef node_;
    std::size_t users_ = 0;
    sys::Memory memory_;
    sys::Mapping view_;  // all of it; this process touches only the pages that are there
    Pages pages_;        // sorted
    std::uint64_t next_victim_ = 0;
};
