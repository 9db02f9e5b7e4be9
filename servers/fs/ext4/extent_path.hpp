// ExtentPath: the nodes from the root of an extent tree down to a leaf, and the entries followed.
#pragma once
#include "servers/fs/ext4/extent_node.hpp"
#include <array>

namespace ext4 {

class ExtentPath {
public:
    // To the leaf where `logical` is or would be. Errors: corrupt, io_error, no_memory.
    static Result<ExtentPath> find(Volume& volume, Inode& inode, LogicalBlock logical);

    // The same, and the leaf has room for `entries` more: nodes are split, the tree grows.
    // Errors: also no_space.
    static Result<ExtentPath> with_room(Volume& volume, Inode& inode, LogicalBlock logical,
                                        std::size_t entries);

    ExtentNode const& leaf() const { return steps_[depth_].node; }

    // The entry of the leaf that starts at or before what was looked for; -1: none.
    int at() const { return steps_[depth_].at; }

    // Call it after changes of the leaf: seals it, and tells its ancestors where it starts now.
    void leaf_changed(Volume& volume, Inode const& inode) const;

    // Takes the leaf, which has become empty, out of the tree, and nodes that become empty by that.
    // Errors: corrupt, io_error.
    Result<> remove_leaf(Volume& volume, Inode& inode);

private:
    struct Step {
        ExtentNode node;
        int at = 0;
    };

    Result<> grow(Volume& volume, Inode& inode);
    Result<> split(Volume& volume, Inode& inode, std::size_t level, LogicalBlock logical);

    std::array<Step, disk::ExtentHeader::max_depth + 1> steps_;
    std::size_t depth_ = 0;
};

}  // namespace ext4
