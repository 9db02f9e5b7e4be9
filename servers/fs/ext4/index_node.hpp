// IndexNode: one block of a hashed directory's index, checked when it is opened.
#pragma once
#include "servers/fs/ext4/directory_block.hpp"

namespace ext4 {

class IndexNode {
public:
    static constexpr std::size_t root_place =
        disk::IndexRootInfo::place + sizeof(disk::IndexRootInfo);
    static constexpr std::size_t node_place = disk::DirectoryEntry::header_size;

    IndexNode() = default;

    // Errors: corrupt, not_supported (an unknown hash), io_error, no_memory.
    static Result<IndexNode> root(Volume& volume, Inode& directory);
    static Result<IndexNode> child(Volume& volume, Inode& directory, LogicalBlock index);

    // Turns a block that was just added to the directory into an empty node.
    static Result<IndexNode> make(Volume& volume, Inode& directory, LogicalBlock index);
    // Overwrites block 0, which holds "." and "..", with a root whose only child is `first_leaf`.
    static IndexNode make_root(Volume& volume, Block block, LogicalBlock first_leaf);

    disk::IndexRootInfo& info() const
    {
        return overlay<disk::IndexRootInfo>(block_.data(), disk::IndexRootInfo::place);
    }
    Block const& block() const { return block_; }
    std::size_t count() const { return limits().count; }
    std::size_t limit() const { return limits().limit; }
    bool is_full() const { return count() == limit(); }

    // The hash of entry 0 is not stored: it is 0, or what the parent says.
    std::uint32_t hash_of(std::size_t i) const { return i == 0 ? 0 : entry(i).hash; }
    LogicalBlock block_of(std::size_t i) const { return entry(i).block & 0x0fffffff; }
    void set_block(std::size_t i, LogicalBlock block) const { entry(i).block = block; }

    // The last entry whose hash is not above.
    std::size_t find(std::uint32_t hash) const;

    void insert(std::size_t i, std::uint32_t hash, LogicalBlock block) const;
    // Takes over entries [from, count) of `other`, which keeps them until it drops them.
    void copy_tail(IndexNode const& other, std::size_t from) const;
    void drop_tail(std::size_t from) const { set_count(from); }

    void changed(Volume& volume, Inode const& directory) const;

private:
    static Result<IndexNode> open(Volume& volume, Inode& directory, LogicalBlock index,
                                  std::size_t place);
    disk::IndexLimits& limits() const { return overlay<disk::IndexLimits>(block_.data(), place_); }
    disk::IndexEntry& entry(std::size_t i) const
    {
        return overlay<disk::IndexEntry>(block_.data(), place_ + i * sizeof(disk::IndexEntry));
    }
    void set_count(std::size_t count) const { limits().count = static_cast<std::uint16_t>(count); }

    Block block_;
    std::size_t place_ = 0;
};

}  // namespace ext4
