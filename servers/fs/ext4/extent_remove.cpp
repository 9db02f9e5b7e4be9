// Cutting an extent tree off, from its end backwards: every step leaves a sound tree.
#include "servers/fs/ext4/block_allocator.hpp"
#include "servers/fs/ext4/extent_path.hpp"
#include "servers/fs/ext4/extent_tree.hpp"
#include "servers/fs/ext4/volume.hpp"

namespace ext4 {

namespace {

// Cuts the last extent off at `first`. The value is whether there may be more to cut.
Result<bool> cut_last(Volume& volume, Inode& inode, LogicalBlock first)
{
    ExtentPath path = TRY(ExtentPath::find(volume, inode, ~LogicalBlock{0}));
    if (path.at() < 0)
        return false;
    auto const at = static_cast<std::size_t>(path.at());
    Mapping last = mapping_of(path.leaf().extent(at));
    if (last.length == 0 || !volume.geometry().contains(last.physical, last.length))
        return fail(Status::corrupt);
    if (std::uint64_t{last.logical} + last.length <= first)
        return false;

    Mapping const cut = last.from(std::max(first, last.logical));
    if (cut.logical == last.logical) {
        path.leaf().remove(at);
    } else {
        last.length = cut.logical - last.logical;
        path.leaf().extent(at) = extent_of(last);
    }
    path.leaf_changed(volume, inode);
    inode.add_blocks(-std::int64_t{cut.length}, volume.geometry());
    if (path.leaf().count() == 0 && !path.leaf().is_root())
        TRY(path.remove_leaf(volume, inode));
    TRY(free_blocks(volume, cut.physical, cut.length));
    return true;
}

// A root with one child whose entries fit into it takes them over.
Result<bool> collapse_root(Volume& volume, Inode& inode)
{
    ExtentNode const root = TRY(ExtentNode::root(inode));
    if (root.depth() == 0 || root.count() != 1)
        return false;
    ExtentNode below = TRY(root.child(volume, inode, 0));
    if (below.count() > root.capacity())
        return false;

    BlockNumber const place = below.place();
    root.header().depth = below.header().depth;
    root.remove(0);
    root.take_tail(below, 0);
    below = {};
    inode.add_blocks(-1, volume.geometry());
    TRY(free_blocks(volume, place, 1));
    return true;
}

}  // namespace

Result<> remove_extents_from(Volume& volume, Inode& inode, LogicalBlock first)
{
    TRY(volume.begin_change());
    inode.recent = {};
    for (bool more = true; more;)
        more = TRY(cut_last(volume, inode, first));
    for (bool more = true; more;)
        more = TRY(collapse_root(volume, inode));
    return {};
}

}  // namespace ext4
