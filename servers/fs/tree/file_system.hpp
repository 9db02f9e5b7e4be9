// FileSystem: what each folder of a file system implements. It knows nothing of users' rights,
// paths or messages: whoever calls it has checked them. A directory's "." and ".." are not asked
// for.
#pragma once
#include "servers/fs/tree/node.hpp"
#include "servers/fs/tree/transfer.hpp"
#include <string_view>

namespace fs {

// An entry of a directory as it is listed; the name only lives as long as the call.
struct ListedEntry {
    NodeNumber number;
    Kind kind;
    std::string_view name;
};

// Takes entries until it says that it has no room for one.
class EntrySink {
public:
    virtual bool take(ListedEntry const& entry) = 0;

protected:
    ~EntrySink() = default;
};

// Pages of files, as processes map them.
inline constexpr std::size_t file_page_bytes = 4096;
using PageContent = std::span<std::byte const, file_page_bytes>;

struct SpaceInfo {
    std::uint32_t block_size;
    std::uint64_t block_count, free_blocks, inode_count, free_inodes;
    std::uint32_t type;  // as statfs() numbers them
};

class FileSystem {
public:
    // Its place among those that are mounted.
    std::uint32_t id() const { return id_; }
    void set_id(std::uint32_t id) { id_ = id; }

    // Errors of all that return a Result: corrupt, io_error, no_memory; of all that change
    // something also: read_only, no_space.

    virtual Result<NodeRef> root() = 0;
    // The node that a directory entry names. Errors: not_found (it has lost its last name).
    virtual Result<NodeRef> get(NodeNumber number) = 0;
    // A reference is dropped.
    virtual void release(Node& node) = 0;

    virtual Attributes attributes(Node const& node) const = 0;
    virtual Result<> change(Node& node, AttributeChange const& change) = 0;

    // Errors: not_found, not_a_directory, name_too_long.
    virtual Result<NodeNumber> find(Node& directory, std::string_view name) = 0;
    // From `position` (0: the beginning); returns the position to go on from.
    virtual Result<std::uint64_t> list(Node& directory, std::uint64_t position,
                                       EntrySink& sink) = 0;

    // A file, directory, fifo or socket. Errors of all that make names: already_exists, not_found
    // (the directory was removed), name_too_long, bad_argument (no name can be so).
    virtual Result<NodeRef> make(Node& directory, std::string_view name,
                                 Ownership const& ownership) = 0;
    virtual Result<> make_link(Node& directory, std::string_view name, std::string_view target,
                               Ownership const& ownership) = 0;
    // Errors: also too_many_links.
    virtual Result<> link(Node& directory, std::string_view name, Node& node) = 0;
    // Errors: not_found, is_directory.
    virtual Result<> remove(Node& directory, std::string_view name) = 0;
    // Errors: not_found, not_a_directory, not_empty.
    virtual Result<> remove_directory(Node& directory, std::string_view name) = 0;
    // What is at the new place is replaced in one step: a file by a file, an empty directory by a
    // directory. The caller has made sure that no directory comes to lie in itself.
    // Errors: also not_found, is_directory, not_a_directory, not_empty.
    virtual Result<> rename(Node& from, std::string_view from_name, Node& to,
                            std::string_view to_name) = 0;

    // What a symbolic link says, in `buffer`. Errors: name_too_long.
    virtual Result<std::string_view> read_link(Node& link, std::span<char> buffer) = 0;

    // Returns how much there was: less than `length` only at the end of the file.
    virtual Result<std::size_t> read(Node& file, std::uint64_t offset, std::size_t length,
                                     ReadTarget& target) = 0;
    // Returns how much was written: less than `length` if something failed after a part.
    // Errors: too_large.
    virtual Result<std::size_t> write(Node& file, std::uint64_t offset, std::size_t length,
                                      WriteSource& source) = 0;
    // Errors: too_large.
    virtual Result<> truncate(Node& file, std::uint64_t size) = 0;

    // A page of a file that processes have mapped is kept elsewhere (content.hpp) from
    // let_go_of_page() on: it is not read here until store_page() or return_page() has brought it.
    // Its room stays taken.
    virtual void let_go_of_page(Node& file, std::uint64_t number) = 0;
    // The content of a page, up to the end of the file; it has room. The file's times stay.
    virtual Result<> store_page(Node& file, std::uint64_t number, PageContent page) = 0;
    // The page comes back as it went, or as it was last stored.
    virtual void return_page(Node& file, std::uint64_t number, PageContent page) = 0;
    // Room for each byte of a part below the end, which is changed now: what has none yet gets it
    // and reads as zeros.
    virtual Result<> reserve(Node& file, std::uint64_t offset, std::uint64_t length) = 0;

    // Whether what is stored here outlives the machine's running.
    virtual bool is_lasting() const = 0;
    virtual bool is_read_only() const = 0;
    virtual SpaceInfo space() const = 0;
    virtual Result<> sync() = 0;          // everything, and the volume is clean
    virtual Result<> make_durable() = 0;  // everything; the volume need not be clean
    // As sync(), and nodes that have lost their names are freed though they are in use. What lasts
    // is read-only from then on.
    virtual Result<> freeze() = 0;

protected:
    ~FileSystem() = default;

private:
    std::uint32_t id_ = 0;
};

inline NodeRef::~NodeRef()
{
    if (node_ != nullptr)
        system_->release(*node_);
}

}  // namespace fs
