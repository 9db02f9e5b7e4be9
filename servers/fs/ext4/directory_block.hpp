// DirectoryBlock: one block of a directory, whose entries are checked one by one as they are read.
#pragma once
#include "servers/fs/ext4/inode.hpp"
#include "servers/fs/ext4/on_disk/directory.hpp"
#include "servers/fs/ext4/on_disk/overlay.hpp"
#include <string_view>

namespace ext4 {

class Volume;

struct Entry {
    InodeNumber inode = 0;  // 0: free space
    std::uint8_t kind = disk::DirectoryEntry::kind_unknown;
    std::string_view name;   // in the block
    std::size_t offset = 0;  // in the block
    std::size_t length = 0;  // to the next entry
    std::size_t end() const { return offset + length; }
};

// The bytes that an entry of that name needs.
constexpr std::size_t entry_size(std::size_t name_length)
{
    return (disk::DirectoryEntry::header_size + name_length + 3) & ~std::size_t{3};
}

class DirectoryBlock {
public:
    DirectoryBlock() = default;

    // Errors: corrupt (a hole, or a wrong checksum), io_error, no_memory.
    static Result<DirectoryBlock> open(Volume& volume, Inode& directory, LogicalBlock index);

    // A block that was just added to the directory: one free entry, and the tail.
    static Result<DirectoryBlock> make(Volume& volume, Inode& directory, LogicalBlock index);

    LogicalBlock index() const { return index_; }
    Block const& block() const { return block_; }
    std::span<std::byte> bytes() const { return block_.data(); }
    std::size_t limit() const { return limit_; }  // where the entries end
    bool is_index() const { return kind_ != BlockKind::leaf; }
    Block take_block() && { return std::move(block_); }

    // Errors: corrupt.
    Result<Entry> entry_at(std::size_t offset) const;
    Result<Entry> find(std::string_view name) const;  // not_found
    disk::DirectoryEntry& raw_at(std::size_t offset) const
    {
        return overlay<disk::DirectoryEntry>(bytes(), offset);
    }

    // Puts an entry where there is room. Errors: no_space (there is none), corrupt.
    Result<> insert(std::string_view name, InodeNumber inode, std::uint8_t kind) const;
    // The entry's space goes to its predecessor.
    Result<> remove(Entry const& entry) const;
    // Makes the block one free entry.
    void clear() const;
    // Writes an entry and its name at an offset; the caller keeps the chain of lengths intact.
    void write(std::size_t offset, std::size_t length, std::string_view name, InodeNumber inode,
               std::uint8_t kind) const;

    // Call it after changes.
    void changed(Volume& volume, Inode const& directory) const;

private:
    enum class BlockKind : std::uint8_t { leaf, index_root, index_node };

    void set_kind(Volume& volume, Inode const& directory);
    bool has_right_checksum(Inode const& directory) const;

    Block block_;
    LogicalBlock index_ = 0;
    std::size_t limit_ = 0;
    BlockKind kind_ = BlockKind::leaf;
};

// Checksums of the blocks of a hashed directory's index. `place` is where the limits are.
bool has_right_index_checksum(std::span<std::byte> bytes, std::size_t place, std::uint32_t seed);
void seal_index(std::span<std::byte> bytes, std::size_t place, std::uint32_t seed);

}  // namespace ext4
