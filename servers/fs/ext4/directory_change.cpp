// Adding and removing entries.
//
// The order of writes matters where entries move to another block: the copy and the inode that
// leads to it reach the disk before the original loses them. After a crash an entry may be there
// twice, which e2fsck mends, but never not at all.
#include "servers/fs/ext4/block_allocator.hpp"
#include "servers/fs/ext4/directory.hpp"
#include "servers/fs/ext4/extent_tree.hpp"
#include "servers/fs/ext4/hash_index.hpp"
#include "servers/fs/ext4/mapping.hpp"
#include "servers/fs/ext4/volume.hpp"

namespace ext4 {

namespace {

bool is_hashed(Volume& volume, Inode const& directory)
{
    return directory.has(disk::Inode::flag_indexed) && volume.geometry().has_hashed_directories();
}

bool can_be_hashed(Volume& volume)
{
    return volume.geometry().has_hashed_directories() &&
           volume.super().default_hash_version <= static_cast<std::uint8_t>(HashVersion::tea);
}

Result<> insert_into(Volume& volume, Inode& directory, LogicalBlock index, std::string_view name,
                     InodeNumber inode, std::uint8_t kind)
{
    DirectoryBlock const block = TRY(DirectoryBlock::open(volume, directory, index));
    TRY(block.insert(name, inode, kind));
    block.changed(volume, directory);
    return {};
}

Result<> insert_by_hash(Volume& volume, Inode& directory, std::string_view name, InodeNumber inode,
                        std::uint8_t kind)
{
    HashIndex index = TRY(HashIndex::find(volume, directory, name));
    return index.insert(volume, directory, name, inode, kind);
}

// A directory of one full block gets an index: its entries move to block 1, block 0 is the root.
Result<> make_hashed(Volume& volume, Inode& directory)
{
    LogicalBlock const leaf_index = TRY(append_directory_block(volume, directory));
    DirectoryBlock root = TRY(DirectoryBlock::open(volume, directory, 0));
    DirectoryBlock const leaf = TRY(DirectoryBlock::open(volume, directory, leaf_index));
    Entry const dot = TRY(root.entry_at(0));
    Entry const dot_dot = TRY(root.entry_at(dot.end()));
    if (dot.name != "." || dot_dot.name != ".." || dot.length != entry_size(1))
        return fail(Status::corrupt);
    for (std::size_t offset = dot_dot.end(); offset < root.limit();) {
        Entry const entry = TRY(root.entry_at(offset));
        if (entry.inode != 0)
            TRY(leaf.insert(entry.name, entry.inode, entry.kind));
        offset = entry.end();
    }
    leaf.changed(volume, directory);
    directory.raw.flags |= disk::Inode::flag_indexed;
    if (Result<> const written = write_before_original(volume, directory, leaf.block()); !written) {
        directory.raw.flags &= ~disk::Inode::flag_indexed;
        return written;
    }

    IndexNode const index = IndexNode::make_root(volume, std::move(root).take_block(), leaf_index);
    index.changed(volume, directory);
    return {};
}

Result<> insert_in_order(Volume& volume, Inode& directory, std::string_view name, InodeNumber inode,
                         std::uint8_t kind)
{
    LogicalBlock const count = TRY(directory_blocks(volume, directory));
    for (LogicalBlock index = 0; index < count; ++index) {
        Result<> const inserted = insert_into(volume, directory, index, name, inode, kind);
        if (inserted || inserted.error() != Status::no_space)
            return inserted;
    }
    if (count == 1 && can_be_hashed(volume)) {
        TRY(make_hashed(volume, directory));
        return insert_by_hash(volume, directory, name, inode, kind);
    }
    LogicalBlock const added = TRY(append_directory_block(volume, directory));
    return insert_into(volume, directory, added, name, inode, kind);
}

BlockNumber goal_for(Volume& volume, Inode& directory, LogicalBlock index)
{
    if (index > 0) {
        Result<Mapping> const before = find_mapping(volume, directory, index - 1);
        if (before && before->state == Mapping::State::written)
            return before->physical + 1;
    }
    Geometry const& geometry = volume.geometry();
    return geometry.first_block_of(geometry.group_of_inode(directory.number));
}

Result<> attach_block(Volume& volume, Inode& directory, LogicalBlock index, BlockNumber place)
{
    // In the cache now, so that nothing can fail once the extent tree knows the block.
    Block const held = TRY(volume.blocks().get_zeroed(place));
    TRY(insert_extent(volume, directory, {index, 1, place, Mapping::State::written}));
    directory.set_size((std::uint64_t{index} + 1) << volume.geometry().block_shift);
    TRY(DirectoryBlock::make(volume, directory, index));
    return store_inode(volume, directory);
}

}  // namespace

Result<> write_before_original(Volume& volume, Inode& directory, Block const& copy)
{
    fs::BlockCache& cache = volume.blocks().cache();
    TRY(cache.write_now(copy.page()));
    TRY(store_inode(volume, directory));
    Block const inode_block = TRY(volume.blocks().get(place_of(volume, directory.number).block));
    return cache.write_now(inode_block.page());
}

Result<LogicalBlock> append_directory_block(Volume& volume, Inode& directory)
{
    if (!directory.has_extents())
        return fail(Status::not_supported);
    LogicalBlock index = 0;
    if (directory.size() != 0)
        index = TRY(directory_blocks(volume, directory));
    BlockRun const run = TRY(allocate_blocks(volume, goal_for(volume, directory, index), 1));
    if (Result<> const attached = attach_block(volume, directory, index, run.first); !attached) {
        TRY(free_blocks(volume, run.first, 1));
        return fail(attached.error());
    }
    return index;
}

Result<> add_entry(Volume& volume, Inode& directory, std::string_view name, InodeNumber inode,
                   std::uint8_t kind)
{
    TRY(volume.begin_change());
    if (is_hashed(volume, directory))
        TRY(insert_by_hash(volume, directory, name, inode, kind));
    else
        TRY(insert_in_order(volume, directory, name, inode, kind));
    directory.set_times(volume.now(), true);
    return store_inode(volume, directory);
}

Result<> remove_entry(Volume& volume, Inode& directory, FoundEntry const& found)
{
    TRY(volume.begin_change());
    TRY(found.block.remove(found.entry));
    found.block.changed(volume, directory);
    directory.set_times(volume.now(), true);
    return store_inode(volume, directory);
}

void redirect_entry(Volume& volume, Inode& directory, FoundEntry const& found, InodeNumber inode,
                    std::uint8_t kind)
{
    disk::DirectoryEntry& entry = found.block.raw_at(found.entry.offset);
    entry.inode = inode;
    entry.kind = kind;
    found.block.changed(volume, directory);
}

}  // namespace ext4
