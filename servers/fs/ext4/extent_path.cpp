// Going down an extent tree, and making room in it.
#include "servers/fs/ext4/extent_path.hpp"
#include "servers/fs/ext4/block_allocator.hpp"
#include "servers/fs/ext4/volume.hpp"

namespace ext4 {

namespace {

disk::Extent index_entry(LogicalBlock logical, BlockNumber child)
{
    disk::ExtentIndex const index{logical, low_half(child),
                                  static_cast<std::uint16_t>(high_half(child)), 0};
    return std::bit_cast<disk::Extent>(index);
}

// A block for a node, near the node that it comes from.
Result<BlockNumber> take_node_block(Volume& volume, Inode& inode, BlockNumber near)
{
    BlockRun const run = TRY(allocate_blocks(volume, near, 1));
    inode.add_blocks(1, volume.geometry());
    return run.first;
}

}  // namespace

Result<ExtentPath> ExtentPath::find(Volume& volume, Inode& inode, LogicalBlock logical)
{
    ExtentPath path;
    path.steps_[0].node = TRY(ExtentNode::root(inode));
    for (;;) {
        Step& step = path.steps_[path.depth_];
        step.at = step.node.find(logical);
        if (step.node.depth() == 0)
            return path;
        if (step.node.count() == 0)
            return fail(Status::corrupt);
        if (step.at < 0)
            step.at = 0;  // before everything: the first leaf is where it would be
        ExtentNode below = TRY(step.node.child(volume, inode, static_cast<std::size_t>(step.at)));
        path.steps_[++path.depth_].node = std::move(below);
    }
}

Result<ExtentPath> ExtentPath::with_room(Volume& volume, Inode& inode, LogicalBlock logical,
                                         std::size_t entries)
{
    for (;;) {
        ExtentPath path = TRY(find(volume, inode, logical));
        if (path.leaf().capacity() - path.leaf().count() >= entries)
            return path;

        // The lowest ancestor with room takes one more child.
        std::size_t level = path.depth_;
        while (level > 0 && path.steps_[level - 1].node.is_full())
            --level;
        if (level == 0)
            TRY(path.grow(volume, inode));
        else
            TRY(path.split(volume, inode, level, logical));
    }
}

// The root's entries move to a new node, which becomes the root's only child.
Result<> ExtentPath::grow(Volume& volume, Inode& inode)
{
    ExtentNode const& root = steps_[0].node;
    if (root.depth() == disk::ExtentHeader::max_depth || root.count() == 0)
        return fail(Status::corrupt);
    auto const depth = static_cast<std::uint16_t>(root.depth());
    BlockNumber const near = depth == 0 ? mapping_of(root.extent(0)).physical : root.child_place(0);
    BlockNumber const place = TRY(take_node_block(volume, inode, near));
    ExtentNode const below = TRY(ExtentNode::make(volume, place, depth));

    below.take_tail(root, 0);
    below.changed(volume, inode);
    root.header().depth = static_cast<std::uint16_t>(depth + 1);
    root.insert(0, index_entry(below.first_of(0), place));
    return {};
}

// Moves the upper half of the node at `level` to a new one; only its last entry if `logical` comes
// after all of them, so that a file written from start to end has full nodes.
Result<> ExtentPath::split(Volume& volume, Inode& inode, std::size_t level, LogicalBlock logical)
{
    ExtentNode const& node = steps_[level].node;
    Step const& parent = steps_[level - 1];
    if (node.count() < 2)
        return fail(Status::corrupt);
    BlockNumber const place = TRY(take_node_block(volume, inode, node.place()));
    ExtentNode const added =
        TRY(ExtentNode::make(volume, place, static_cast<std::uint16_t>(node.depth())));

    bool const is_append = logical > node.first_of(node.count() - 1);
    added.take_tail(node, is_append ? node.count() - 1 : node.count() / 2);
    added.changed(volume, inode);
    parent.node.insert(static_cast<std::size_t>(parent.at) + 1,
                       index_entry(added.first_of(0), place));
    parent.node.changed(volume, inode);
    node.changed(volume, inode);
    return {};
}

void ExtentPath::leaf_changed(Volume& volume, Inode const& inode) const
{
    leaf().changed(volume, inode);
    if (leaf().count() == 0)
        return;
    LogicalBlock const first = leaf().first_of(0);
    for (std::size_t level = depth_; level > 0; --level) {
        Step const& parent = steps_[level - 1];
        auto const at = static_cast<std::size_t>(parent.at);
        if (parent.node.first_of(at) == first)
            return;
        parent.node.index(at).logical = first;
        parent.node.changed(volume, inode);
        if (at != 0)
            return;
    }
}

Result<> ExtentPath::remove_leaf(Volume& volume, Inode& inode)
{
    std::size_t level = depth_;
    for (; level > 0; --level) {
        BlockNumber const place = steps_[level].node.place();
        steps_[level].node = {};  // unpinned, so that its page can be dropped
        Step const& parent = steps_[level - 1];
        parent.node.remove(static_cast<std::size_t>(parent.at));
        parent.node.changed(volume, inode);
        inode.add_blocks(-1, volume.geometry());
        TRY(free_blocks(volume, place, 1));
        if (parent.node.count() != 0)
            break;
    }
    if (level == 0) {
        ExtentNode::make_root(inode);
        return {};
    }
    depth_ = level - 1;
    if (steps_[depth_].at == 0)
        leaf_changed(volume, inode);  // this node now starts with another entry
    return {};
}

}  // namespace ext4
