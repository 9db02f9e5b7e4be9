// The life of a mounted volume: counts, clean or not, sync.
#include "servers/fs/ext4/volume.hpp"
#include "servers/fs/ext4/checksum.hpp"
#include "servers/fs/ext4/on_disk/overlay.hpp"
#include "servers/fs/ext4/orphan.hpp"

namespace ext4 {

void Volume::count_free()
{
    super_.free_inodes = 0;
    for (GroupNumber group = 0; group < groups_.count(); ++group) {
        free_blocks_ += groups_[group].free_blocks;
        super_.free_inodes += groups_[group].free_inodes;
    }
}

VolumeInfo Volume::info() const
{
    return {geometry_.block_size, geometry_.block_count, free_blocks_, geometry_.inode_count,
            super_.free_inodes};
}

void Volume::add_free_blocks(std::int64_t count)
{
    free_blocks_ += static_cast<std::uint64_t>(count);
}

void Volume::add_free_inodes(std::int64_t count)
{
    super_.free_inodes += static_cast<std::uint32_t>(count);
}

std::uint32_t Volume::next_generation()
{
    generation_ = crc32c(generation_, 1u);
    return generation_;
}

// The flag goes to the disk before any change does: whoever finds the disk after a crash is warned.
Result<> Volume::begin_change()
{
    if (read_only_)
        return fail(Status::read_only);
    if (is_changed_)
        return {};
    TRY(set_clean(false));
    is_changed_ = true;
    return {};
}

Result<> Volume::sync()
{
    if (read_only_ || !is_changed_)
        return {};
    TRY(blocks_.cache().sync());

    bool const is_clean = was_clean_ && !saw_corruption_ && super_.last_orphan == 0;
    if (saw_corruption_)
        super_.state |= disk::Superblock::state_errors;
    if (!is_clean && !saw_corruption_)
        return {};
    TRY(set_clean(is_clean));
    is_changed_ = false;
    return {};
}

Result<> Volume::freeze()
{
    if (read_only_)
        return {};
    TRY(free_orphans(*this));
    TRY(sync());
    read_only_ = true;
    return {};
}

Result<> Volume::set_clean(bool clean)
{
    constexpr std::uint16_t flag = disk::Superblock::state_clean;
    super_.state = static_cast<std::uint16_t>(clean ? super_.state | flag : super_.state & ~flag);
    TRY(write_super());
    fs::Page const page = TRY(blocks_.cache().get(0));
    TRY(blocks_.cache().write_now(page));
    return blocks_.cache().flush_device();
}

Result<> Volume::settle()
{
    if (!is_changed_)
        return {};
    TRY(groups_.settle());
    return write_super();
}

// Into its page, that is.
Result<> Volume::write_super()
{
    super_.write_time = static_cast<std::uint32_t>(now().seconds);
    super_.free_blocks_low = low_half(free_blocks_);
    if ((geometry_.incompatible & incompatible::wide) != 0)
        super_.free_blocks_high = high_half(free_blocks_);
    if (geometry_.has_checksums())
        super_.checksum = crc32c(~0u, bytes_of(super_).first(offsetof(disk::Superblock, checksum)));

    fs::Page const page = TRY(blocks_.cache().get(0));
    overlay<disk::Superblock>(page.data(), disk::Superblock::place) = super_;
    page.mark_dirty(fs::Content::summary);
    return {};
}

void Volume::release(Inode& inode)
{
    if (--inode.references != 0 || inode.raw.links != 0 || inode.number == 0 || read_only_)
        return;
    // Nobody waits for this result: what could not be freed stays in the orphan list for e2fsck.
    inode.references = 1;
    if (Result<> const done = delete_inode(*this, inode); !done)
        note_corruption();
    inode.references = 0;
    inodes_.remove(inode);
}

}  // namespace ext4
