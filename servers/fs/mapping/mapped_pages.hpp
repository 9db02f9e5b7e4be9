// MappedPages: the pages of a file that are in a window, for as long as processes have it mapped.
//
// A page that may be written is newer than what the file system has, which has room for it: whoever
// first writes to one asks for that, so that a full disk is told then and not later. Pages hold
// nothing but this file's content and are let go of, never used again: a process may keep them for
// as long as it likes.
#pragma once
#include "servers/fs/mapping/page_window.hpp"
#include "servers/fs/tree/content.hpp"
#include <vector>

namespace fs {

class MappedPages final : public MappedContent {
public:
    // From now on the file's content is this. The window outlives it.
    MappedPages(NodeRef node, PageWindow& window) : node_{std::move(node)}, window_{window}
    {
        node_->mapped = this;
    }
    // What give_back_all() has not given back is lost.
    ~MappedPages();
    MappedPages(MappedPages const&) = delete;
    MappedPages& operator=(MappedPages const&) = delete;

    std::size_t page_count() const { return pages_.size(); }
    std::uint64_t next_kept(std::uint64_t number) const override;

    Result<std::size_t> read(std::uint64_t offset, std::size_t length, ReadTarget& target) override;
    Result<std::size_t> write(std::uint64_t offset, std::size_t length,
                              WriteSource& source) override;
    Result<> truncate(std::uint64_t size) override;
    Result<> settle() override;

    // A process needs a page, or is going to write to one that it has.
    // Errors: out_of_range (behind the end), no_space, those of reading
    Result<> bring_in(std::uint64_t number);
    Result<> allow_write(std::uint64_t number);

    // Pages go back to the file system: some, or all. They stay if one cannot be stored.
    Result<> give_back_some();
    Result<> give_back_all() { return give_back(pages_.begin(), pages_.end()); }

private:
    struct Page {
        std::uint32_t number;
        bool may_be_written;

        std::uint64_t start() const { return std::uint64_t{number} * file_page_bytes; }
    };
    using Pages = std::vector<Page>;

    FileSystem& system() const { return node_.system(); }
    std::uint64_t file_size() const { return system().attributes(*node_).size; }
    Pages::iterator first_from(std::uint64_t number);
    Pages::iterator find(std::uint64_t number);

    Result<> reserve(Page& page, std::uint64_t offset, std::uint64_t length);
    void allow_writes(Page& page, bool allowed);
    void take_writes_back(Pages::iterator begin, Pages::iterator end);
    Result<> settle(Pages::iterator begin, Pages::iterator end);
    Result<> give_back(Pages::iterator begin, Pages::iterator end);
    void discard(Pages::iterator begin, Pages::iterator end);

    Result<std::size_t> write_some(std::uint64_t offset, std::size_t length, WriteSource& source);
    Result<std::size_t> write_page(Page& page, std::uint64_t offset, std::size_t length,
                                   WriteSource& source);
    Result<> extend(Page const& page, std::uint64_t end);
    Result<> prepare_growth();
    void clear_behind(Page& page, std::uint64_t end);
    void resized(std::uint64_t from, std::uint64_t to);

    NodeRef node_;
    PageWindow& window_;
    Pages pages_;  // sorted
    std::uint64_t next_victim_ = 0;
};

}  // namespace fs
