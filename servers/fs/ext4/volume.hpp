// Volume: a mounted ext4 volume, and what all its parts share.
//
// Everything else in this folder is functions over a Volume and an Inode: mapping, file, directory,
// path and so on. One thread uses a volume at a time.
#pragma once
#include "servers/fs/ext4/group_table.hpp"
#include "servers/fs/ext4/inode_table.hpp"

namespace ext4 {

inline constexpr InodeNumber root_inode = 2;

// What there is to tell about a mount, as sentences; nullptr: nothing.
struct MountNotes {
    char const* refusal = nullptr;    // why mount() failed
    char const* read_only = nullptr;  // why nothing can be written
    char const* warning = nullptr;
};

struct VolumeInfo {
    std::uint32_t block_size;
    std::uint64_t block_count, free_blocks, inode_count, free_inodes;
};

class Volume final : public fs::WriteBackListener {
public:
    // `inode_capacity` inodes can be in use at once. The cache and the clock outlive the volume.
    // Errors: corrupt, not_supported (`notes.refusal` says what), io_error, no_memory.
    static Result<std::unique_ptr<Volume>> mount(fs::BlockCache& cache, Clock& clock,
                                                 MountNotes& notes,
                                                 std::uint32_t inode_capacity = 1024);
    // Changes that sync() has not written are lost.
    ~Volume();

    Geometry const& geometry() const { return geometry_; }
    disk::Superblock& super() { return super_; }
    BlockStore& blocks() { return blocks_; }
    GroupTable& groups() { return groups_; }
    InodeTable& inodes() { return inodes_; }
    Timestamp now() { return clock_.now(); }
    bool is_read_only() const { return read_only_; }
    bool is_changed() const { return is_changed_; }
    VolumeInfo info() const;

    Result<InodeRef> root() { return inodes_.get(root_inode); }

    // Every operation that writes starts with this: the volume on the disk stops being clean.
    // Errors: read_only, io_error.
    Result<> begin_change();

    // Everything so far is durable; the volume is not called clean for that. Errors: io_error.
    Result<> make_durable() { return blocks_.cache().sync(); }

    // Everything so far is durable, and the volume is clean unless it was not before.
    // Errors: io_error.
    Result<> sync();

    // The same, without the inodes that have lost their names, whoever uses them; they are empty
    // then. The volume is read-only from then on. Errors: io_error, corrupt, no_memory.
    Result<> freeze();

    // The metadata contradicts itself: the volume is not called clean again until e2fsck says so.
    void note_corruption() { saw_corruption_ = true; }

    // Free counts of the whole volume.
    void add_free_blocks(std::int64_t count);
    void add_free_inodes(std::int64_t count);

    // A reference to the inode is dropped.
    void release(Inode& inode);

    // A number for a new inode that its predecessor in the same place is unlikely to have had.
    std::uint32_t next_generation();

    Result<> settle() override;

private:
    Volume(fs::BlockCache& cache, Clock& clock, disk::Superblock const& super,
           Geometry const& geometry);

    Result<> start(std::uint32_t inode_capacity, MountNotes& notes);
    void count_free();
    Result<> write_super();
    Result<> set_clean(bool clean);

    disk::Superblock super_;
    Geometry geometry_;
    Clock& clock_;
    BlockStore blocks_;
    GroupTable groups_;
    InodeTable inodes_;
    std::uint64_t free_blocks_ = 0;
    std::uint32_t generation_ = 0;
    bool read_only_ = false;
    bool was_clean_ = false;  // when it was mounted
    bool is_changed_ = false;
    bool saw_corruption_ = false;
};

}  // namespace ext4
