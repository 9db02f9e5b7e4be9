// The list of orphans: from the superblock, each inode's delete_time names the next.
#include "servers/fs/ext4/orphan.hpp"
#include "servers/fs/ext4/attribute_block.hpp"
#include "servers/fs/ext4/extent_tree.hpp"
#include "servers/fs/ext4/inode_allocator.hpp"
#include "servers/fs/ext4/mapping.hpp"
#include "servers/fs/ext4/volume.hpp"

namespace ext4 {

namespace {

// Orphans of ours are open, so they are in the table; those of an earlier crash come after them.
Result<> unlink_orphan(Volume& volume, Inode& inode)
{
    if (volume.super().last_orphan == inode.number) {
        volume.super().last_orphan = inode.raw.delete_time;
        inode.is_orphan = false;
        return {};
    }
    Inode* before = volume.inodes().find(volume.super().last_orphan);
    while (before != nullptr && before->is_orphan && before->raw.delete_time != inode.number)
        before = volume.inodes().find(before->raw.delete_time);
    if (before == nullptr || !before->is_orphan)
        return fail(Status::corrupt);
    before->raw.delete_time = inode.raw.delete_time;
    inode.is_orphan = false;
    return store_inode(volume, *before);
}

bool has_block_map(Inode const& inode)
{
    bool const is_short_link =
        inode.kind() == Kind::symbolic_link && inode.size() < sizeof inode.raw.block;
    return !is_short_link && (inode.kind() == Kind::file || inode.kind() == Kind::directory ||
                              inode.kind() == Kind::symbolic_link);
}

Result<> free_content(Volume& volume, Inode& inode)
{
    if (inode.has_extents())
        TRY(remove_extents_from(volume, inode, 0));
    else if (has_block_map(inode))
        TRY(free_block_map(volume, inode));
    return release_attribute_block(volume, inode);
}

}  // namespace

Result<> add_orphan(Volume& volume, Inode& inode)
{
    inode.raw.delete_time = volume.super().last_orphan;
    inode.is_orphan = true;
    TRY(store_inode(volume, inode));
    volume.super().last_orphan = inode.number;
    return {};
}

Result<> delete_inode(Volume& volume, Inode& inode)
{
    TRY(volume.begin_change());
    TRY(free_content(volume, inode));
    if (inode.is_orphan)
        TRY(unlink_orphan(volume, inode));
    bool const is_directory = inode.kind() == Kind::directory;
    inode.set_size(0);
    inode.raw.delete_time = static_cast<std::uint32_t>(volume.now().seconds);
    TRY(store_inode(volume, inode));
    return free_inode_number(volume, inode.number, is_directory);
}

Result<> free_orphans(Volume& volume)
{
    Inode* first = volume.inodes().find(volume.super().last_orphan);
    while (first != nullptr && first->is_orphan) {
        TRY(delete_inode(volume, *first));
        first = volume.inodes().find(volume.super().last_orphan);
    }
    return {};
}

}  // namespace ext4
