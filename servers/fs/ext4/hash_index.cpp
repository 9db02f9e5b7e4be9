// Searching a hashed directory's index.
#include "servers/fs/ext4/hash_index.hpp"
#include "servers/fs/ext4/volume.hpp"

namespace ext4 {

namespace {

// The volume says whether its hashes take characters as signed or unsigned.
HashVersion version_of(Volume& volume, std::uint8_t stored)
{
    constexpr std::uint8_t to_unsigned = 3;
    bool const is_unsigned = (volume.super().flags & disk::Superblock::flag_unsigned_hash) != 0;
    return static_cast<HashVersion>(stored + (is_unsigned ? to_unsigned : 0));
}

}  // namespace

Result<HashIndex> HashIndex::find(Volume& volume, Inode& directory, std::string_view name)
{
    HashIndex index;
    index.path_[0].node = TRY(IndexNode::root(volume, directory));
    disk::IndexRootInfo const info = index.path_[0].node.info();
    index.version_ = version_of(volume, info.hash_version);
    index.hash_ = hash_name(name, index.version_, volume.super().hash_seed);

    for (index.depth_ = 1;; ++index.depth_) {
        Step& step = index.last();
        step.at = step.node.find(index.hash_);
        if (index.depth_ > info.levels)
            return index;
        index.path_[index.depth_].node = TRY(IndexNode::child(volume, directory, index.leaf()));
    }
}

// A leaf continues the one before if its hash has bit 0 set and is otherwise the one looked for.
Result<bool> HashIndex::next_leaf(Volume& volume, Inode& directory)
{
    std::size_t level = depth_;
    while (level > 0 && path_[level - 1].at + 1 >= path_[level - 1].node.count())
        --level;
    if (level == 0)
        return false;
    Step& step = path_[level - 1];
    ++step.at;
    if (step.node.hash_of(step.at) != (hash_ | 1))
        return false;
    for (; level < depth_; ++level) {
        LogicalBlock const below = path_[level - 1].node.block_of(path_[level - 1].at);
        path_[level] = {TRY(IndexNode::child(volume, directory, below)), 0};
    }
    return true;
}

}  // namespace ext4
