// Setting a file's size.
#include "servers/fs/ext4/extent_node.hpp"
#include "servers/fs/ext4/extent_tree.hpp"
#include "servers/fs/ext4/file.hpp"
#include "servers/fs/ext4/mapping.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <algorithm>

namespace ext4 {

namespace {

// A file with a block map can only be emptied; it has an extent tree from then on.
Result<> empty_block_map(Volume& volume, Inode& inode)
{
    TRY(free_block_map(volume, inode));
    inode.raw.flags |= disk::Inode::flag_extents;
    ExtentNode::make_root(inode);
    return {};
}

Result<> shrink(Volume& volume, Inode& inode, std::uint64_t size)
{
    if (inode.has_extents()) {
        auto const first = static_cast<LogicalBlock>(volume.geometry().blocks_for(size));
        TRY(remove_extents_from(volume, inode, first));
    } else if (size == 0) {
        TRY(empty_block_map(volume, inode));
    } else {
        return fail(Status::not_supported);
    }
    inode.set_size(size);
    return clear_after_end(volume, inode);
}

}  // namespace

std::uint64_t largest_file_size(Geometry const& geometry)
{
    return std::uint64_t{~LogicalBlock{0}} << geometry.block_shift;
}

Result<> clear_after_end(Volume& volume, Inode& inode)
{
    Geometry const& geometry = volume.geometry();
    std::size_t const within = inode.size() & (geometry.block_size - 1);
    std::uint64_t const logical = inode.size() >> geometry.block_shift;
    if (within == 0 || logical > ~LogicalBlock{0})
        return {};
    Mapping const last = TRY(find_mapping(volume, inode, static_cast<LogicalBlock>(logical)));
    if (last.state != Mapping::State::written)
        return {};
    Block const block = TRY(volume.blocks().get(last.physical));
    auto const rest = block.data().subspan(within);
    if (std::ranges::all_of(rest, [](std::byte byte) { return byte == std::byte{0}; }))
        return {};
    std::ranges::fill(rest, std::byte{0});
    block.mark_dirty(fs::Content::data);
    return {};
}

Result<> truncate_file(Volume& volume, Inode& inode, std::uint64_t size)
{
    TRY(volume.begin_change());
    if (inode.has(disk::Inode::flag_immutable) || inode.has(disk::Inode::flag_append_only))
        return fail(Status::read_only);
    if (size > largest_file_size(volume.geometry()))
        return fail(Status::too_large);

    Result<> result{};
    if (size < inode.size()) {
        result = shrink(volume, inode, size);
    } else {
        result = clear_after_end(volume, inode);
        if (result)
            inode.set_size(size);
    }
    inode.set_times(volume.now(), true);
    TRY(store_inode(volume, inode));
    return result;
}

}  // namespace ext4
