// New inodes lie in their directory's group; directories in the root are spread over the volume, so
// that the trees under them have room to grow.
#include "servers/fs/ext4/inode_allocator.hpp"
#include "servers/fs/ext4/bitmap.hpp"
#include "servers/fs/ext4/extent_node.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <algorithm>

namespace ext4 {

namespace {

GroupNumber roomiest_group(Volume& volume)
{
    GroupNumber best = 0;
    for (GroupNumber group = 1; group < volume.groups().count(); ++group) {
        Group const& candidate = volume.groups()[group];
        if (candidate.free_inodes > 0 && candidate.free_blocks > volume.groups()[best].free_blocks)
            best = group;
    }
    return best;
}

GroupNumber home_for(Volume& volume, Inode const& parent, bool is_directory)
{
    if (is_directory && parent.number == root_inode)
        return roomiest_group(volume);
    return volume.geometry().group_of_inode(parent.number);
}

void count_taken(Volume& volume, GroupNumber number, std::uint32_t bit, bool is_directory)
{
    Group& group = volume.groups()[number];
    --group.free_inodes;
    group.used_directories += is_directory ? 1 : 0;
    // e2fsck looks at the table only as far as it was ever used.
    std::uint32_t const unused_behind = volume.geometry().inodes_per_group - (bit + 1);
    group.unused_inodes = std::min(group.unused_inodes, unused_behind);
    group.is_changed = group.inode_bitmap_changed = true;
    volume.add_free_inodes(-1);
}

// 0: none is free here.
Result<InodeNumber> take_in_group(Volume& volume, GroupNumber number, bool is_directory)
{
    Group& group = volume.groups()[number];
    if (group.free_inodes == 0)
        return InodeNumber{0};
    Block const bitmap = TRY(volume.groups().inode_bitmap(number));
    // A group with inodes in use has to have its block bitmap, too.
    TRY(volume.groups().block_bitmap(number));

    Geometry const& geometry = volume.geometry();
    std::uint32_t const from = number == 0 ? geometry.first_free_inode - 1 : 0;
    auto const run = find_clear(bitmap.data(), from, geometry.inodes_per_group, 1);
    if (!run)
        return InodeNumber{0};
    set_bits(bitmap.data(), run->first, 1);
    bitmap.mark_dirty(fs::Content::metadata);
    count_taken(volume, number, run->first, is_directory);
    return number * geometry.inodes_per_group + run->first + 1;
}

Result<InodeNumber> take_number(Volume& volume, Inode const& parent, bool is_directory)
{
    std::uint32_t const count = volume.groups().count();
    GroupNumber const home = home_for(volume, parent, is_directory);
    for (std::uint32_t step = 0; step < count; ++step) {
        InodeNumber const number = TRY(take_in_group(volume, (home + step) % count, is_directory));
        if (number != 0)
            return number;
    }
    return fail(Status::no_space);
}

std::uint16_t extra_size_for(Volume& volume)
{
    std::size_t const room = volume.geometry().inode_size - disk::Inode::base_size;
    std::size_t const known = sizeof(disk::Inode) - disk::Inode::base_size;
    std::size_t const wanted = volume.super().want_extra_inode_size;
    std::size_t const chosen = wanted == 0 || wanted > room || wanted % 4 != 0 ? known : wanted;
    return static_cast<std::uint16_t>(std::min(chosen, room));
}

// Only these have content, and with it a map.
bool has_content(Kind kind)
{
    return kind == Kind::file || kind == Kind::directory || kind == Kind::symbolic_link;
}

void set_up(Volume& volume, Inode& inode, fs::Ownership const& ownership)
{
    inode.ownership = ownership;
    inode.raw.links = 1;
    inode.raw.extra_size = extra_size_for(volume);
    if (has_content(ownership.kind())) {
        inode.raw.flags = disk::Inode::flag_extents;
        ExtentNode::make_root(inode);
    }
    inode.set_times(volume.now(), true);
    inode.raw.access_time = inode.raw.modify_time;
    inode.raw.access_time_extra = inode.raw.modify_time_extra;
    inode.raw.creation_time = inode.raw.modify_time;
    inode.raw.creation_time_extra = inode.raw.modify_time_extra;
}

// What an earlier inode left behind the known fields must not be taken for attributes.
Result<> clear_place(Volume& volume, InodeNumber number)
{
    InodePlace const place = place_of(volume, number);
    Block const block = TRY(volume.blocks().get(place.block));
    std::ranges::fill(block.data().subspan(place.offset, volume.geometry().inode_size),
                      std::byte{0});
    block.mark_dirty(fs::Content::metadata);
    return {};
}

Result<InodeRef> occupy(Volume& volume, InodeNumber number, fs::Ownership const& ownership)
{
    if (Inode* const stale = volume.inodes().find(number); stale != nullptr) {
        if (stale->references != 0)
            return fail(Status::corrupt);  // the bitmap called an inode free that is in use
        volume.inodes().remove(*stale);
    }
    TRY(clear_place(volume, number));
    InodeRef inode = TRY(volume.inodes().add(number, volume.next_generation()));
    set_up(volume, *inode, ownership);
    TRY(store_inode(volume, *inode));
    return inode;
}

}  // namespace

Result<InodeRef> create_inode(Volume& volume, Inode const& parent, fs::Ownership const& ownership)
{
    TRY(volume.begin_change());
    bool const is_directory = ownership.kind() == Kind::directory;
    InodeNumber const number = TRY(take_number(volume, parent, is_directory));
    Result<InodeRef> inode = occupy(volume, number, ownership);
    if (!inode)
        TRY(free_inode_number(volume, number, is_directory));
    return inode;
}

Result<> free_inode_number(Volume& volume, InodeNumber number, bool is_directory)
{
    Geometry const& geometry = volume.geometry();
    GroupNumber const home = geometry.group_of_inode(number);
    std::uint32_t const bit = (number - 1) % geometry.inodes_per_group;
    Block const bitmap = TRY(volume.groups().inode_bitmap(home));
    if (clear_bits(bitmap.data(), bit, 1) == 0)
        return fail(Status::corrupt);
    bitmap.mark_dirty(fs::Content::metadata);

    Group& group = volume.groups()[home];
    ++group.free_inodes;
    group.used_directories -= is_directory && group.used_directories > 0 ? 1 : 0;
    group.is_changed = group.inode_bitmap_changed = true;
    volume.add_free_inodes(1);
    return {};
}

}  // namespace ext4
