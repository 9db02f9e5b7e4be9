// Making room in the index of a hashed directory.
#include "servers/fs/ext4/directory.hpp"
#include "servers/fs/ext4/hash_index.hpp"
#include "servers/fs/ext4/volume.hpp"

namespace ext4 {

// The lowest node of the path gets a free entry. Errors: no_space if the index cannot grow.
Result<> HashIndex::make_room(Volume& volume, Inode& directory)
{
    if (!last().node.is_full())
        return {};
    if (depth_ == 1)
        return grow(volume, directory);
    if (path_[0].node.is_full())
        return fail(Status::no_space);
    return split_node(volume, directory);
}

// The root's entries move to a new node under it.
Result<> HashIndex::grow(Volume& volume, Inode& directory)
{
    LogicalBlock const added = TRY(append_directory_block(volume, directory));
    Step const below{TRY(IndexNode::make(volume, directory, added)), path_[0].at};
    IndexNode const& root = path_[0].node;
    below.node.copy_tail(root, 0);
    below.node.changed(volume, directory);
    TRY(write_before_original(volume, directory, below.node.block()));

    root.drop_tail(1);
    root.set_block(0, added);
    root.info().levels = 1;
    root.changed(volume, directory);
    path_[1] = {TRY(IndexNode::child(volume, directory, added)), below.at};
    path_[0].at = 0;
    depth_ = 2;
    return make_room(volume, directory);
}

// The upper half of the lower node moves to a new one beside it.
Result<> HashIndex::split_node(Volume& volume, Inode& directory)
{
    LogicalBlock const added = TRY(append_directory_block(volume, directory));
    IndexNode upper = TRY(IndexNode::make(volume, directory, added));
    IndexNode const& lower = path_[1].node;
    std::size_t const middle = lower.count() / 2;
    std::uint32_t const first = lower.hash_of(middle);
    upper.copy_tail(lower, middle);
    upper.changed(volume, directory);
    TRY(write_before_original(volume, directory, upper.block()));

    path_[0].node.insert(path_[0].at + 1, first, added);
    path_[0].node.changed(volume, directory);
    lower.drop_tail(middle);
    lower.changed(volume, directory);
    if (path_[1].at >= middle) {
        path_[1] = {std::move(upper), path_[1].at - middle};
        ++path_[0].at;
    }
    return {};
}

}  // namespace ext4
