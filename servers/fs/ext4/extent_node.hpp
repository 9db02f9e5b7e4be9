// ExtentNode: one node of an extent tree, checked when it is opened: its entries can be used
// without fear of leaving the node, though what they say may still be wrong.
#pragma once
#include "servers/fs/ext4/inode.hpp"
#include "servers/fs/ext4/on_disk/extent.hpp"
#include "servers/fs/ext4/on_disk/overlay.hpp"

namespace ext4 {

class Volume;

class ExtentNode {
public:
    ExtentNode() = default;

    // The root lies in the inode. Errors: corrupt.
    static Result<ExtentNode> root(Inode& inode);

    // The node that `index` of this one leads to. Errors: corrupt, io_error, no_memory.
    Result<ExtentNode> child(Volume& volume, Inode& inode, std::size_t index) const;

    // A new, empty node in a block that was just allocated. Errors: io_error, no_memory.
    static Result<ExtentNode> make(Volume& volume, BlockNumber place, std::uint16_t depth);

    // An empty tree.
    static void make_root(Inode& inode);

    bool is_root() const { return place_ == 0; }
    BlockNumber place() const { return place_; }
    std::size_t count() const { return header().entries; }
    std::size_t capacity() const { return header().max_entries; }
    std::size_t depth() const { return header().depth; }
    bool is_full() const { return count() == capacity(); }

    disk::ExtentHeader& header() const { return overlay<disk::ExtentHeader>(bytes_); }
    disk::Extent& extent(std::size_t i) const { return overlay<disk::Extent>(bytes_, offset(i)); }
    disk::ExtentIndex& index(std::size_t i) const
    {
        return overlay<disk::ExtentIndex>(bytes_, offset(i));
    }
    // Extents and indexes begin with the same field.
    LogicalBlock first_of(std::size_t i) const { return extent(i).logical; }
    BlockNumber child_place(std::size_t i) const
    {
        return joined(index(i).child_low, index(i).child_high);
    }

    // The last entry that starts at or before `logical`; -1 if all start later.
    int find(LogicalBlock logical) const;

    void insert(std::size_t i, disk::Extent const& entry) const;
    void remove(std::size_t i, std::size_t count = 1) const;
    // Appends entries [from, count) of `other` and takes them out there.
    void take_tail(ExtentNode const& other, std::size_t from) const;

    // Call it after changes: seals a block with its checksum. The root goes with its inode.
    void changed(Volume& volume, Inode const& inode) const;

private:
    static constexpr std::size_t entry_size = sizeof(disk::Extent);
    static constexpr std::size_t offset(std::size_t i)
    {
        return sizeof(disk::ExtentHeader) + i * entry_size;
    }
    bool is_sound(std::size_t room) const;
    std::uint32_t checksum(Inode const& inode) const;
    std::uint32_t& stored_checksum() const
    {
        return overlay<std::uint32_t>(bytes_, offset(capacity()));
    }

    Block block_;
    std::span<std::byte> bytes_;
    BlockNumber place_ = 0;
};

// An extent's fields that are packed.
Mapping mapping_of(disk::Extent const& extent);
disk::Extent extent_of(Mapping const& mapping);

}  // namespace ext4
