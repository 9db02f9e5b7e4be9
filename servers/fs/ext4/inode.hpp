// Inode: the copy of an inode that is in use, and what its readers and writers remember with it.
//
// The copy is the truth while the inode is in the table; store_inode() puts it into the volume.
#pragma once
#include "servers/fs/ext4/geometry.hpp"
#include "servers/fs/ext4/on_disk/inode.hpp"
#include "servers/fs/tree/node.hpp"

namespace ext4 {

using fs::Clock;
using fs::Kind;
using fs::Timestamp;

// Where a run of a file's blocks lies. Holes and unwritten runs read as zeros.
struct Mapping {
    enum class State : std::uint8_t { hole, unwritten, written };

    LogicalBlock logical = 0;
    std::uint32_t length = 0;
    BlockNumber physical = 0;
    State state = State::hole;

    bool contains(LogicalBlock block) const { return block >= logical && block - logical < length; }
    // The part that starts at `block`.
    Mapping from(LogicalBlock block) const
    {
        std::uint32_t const skipped = block - logical;
        return {block, length - skipped, state == State::hole ? 0 : physical + skipped, state};
    }
};

// A sequential reader is recognised by the offset at which it goes on.
struct ReadAhead {
    std::uint64_t next_offset = 0;
    std::uint32_t window_pages = 0;
};

struct Inode : fs::Node {
    disk::Inode raw{};
    std::uint32_t checksum_seed = 0;  // of everything that belongs to this inode
    Mapping recent;                   // the last extent looked up; length 0: none
    ReadAhead read_ahead;
    bool is_orphan = false;  // without a name, in the volume's list of such inodes

    // The table's.
    std::uint32_t next_in_bucket = 0;
    bool used_lately = false;

    bool has(std::uint32_t flag) const { return (raw.flags & flag) != 0; }
    bool has_extents() const { return has(disk::Inode::flag_extents); }

    std::uint64_t size() const;
    void set_size(std::uint64_t bytes);
    std::uint64_t attribute_block() const;
    Timestamp accessed() const;
    Timestamp modified() const;
    Timestamp changed() const;
    void set_accessed(Timestamp time);
    void set_modified(Timestamp time);

    // The ownership is the node's; these take it out of what was loaded, and put it back.
    void load_ownership();
    void store_ownership();
    // Which device the inode stands for, as the two halves of its number.
    std::uint64_t device() const;
    std::uint64_t sectors(Geometry const& geometry) const;  // taken, of 512 bytes

    // Blocks taken by content and maps, in units of 512 bytes.
    void add_blocks(std::int64_t blocks, Geometry const& geometry);

    // A time is only kept beyond seconds where the inode has room for it.
    void set_times(Timestamp now, bool content_changed);
    bool has_fields_until(std::size_t end_offset) const
    {
        return disk::Inode::base_size + raw.extra_size >= end_offset;
    }
};

// The checksum of an inode as it lies in the table. `seed` is the inode's own.
std::uint32_t inode_checksum(std::uint32_t seed, std::span<std::byte const> bytes);
std::uint32_t inode_checksum_seed(Geometry const& geometry, InodeNumber number,
                                  std::uint32_t generation);

}  // namespace ext4
