// HashIndex: the way through a hashed directory's index to the leaf where a name belongs.
#pragma once
#include "servers/fs/ext4/index_node.hpp"
#include "servers/fs/ext4/name_hash.hpp"
#include <array>

namespace ext4 {

class HashIndex {
public:
    // Goes down to the leaf for `name`.
    // Errors: corrupt, not_supported (an unknown hash), io_error, no_memory.
    static Result<HashIndex> find(Volume& volume, Inode& directory, std::string_view name);

    std::uint32_t hash() const { return hash_; }
    LogicalBlock leaf() const { return last().node.block_of(last().at); }

    // Moves to the leaf that continues this one, if names with the same hash did not fit here.
    // The value is whether there is one.
    Result<bool> next_leaf(Volume& volume, Inode& directory);

    // Puts the name into its leaf, which is split if it is full; the index grows with it.
    // Errors: no_space (volume or index full), and those of find().
    Result<> insert(Volume& volume, Inode& directory, std::string_view name, InodeNumber inode,
                    std::uint8_t kind);

private:
    static constexpr std::size_t most_levels = 2;

    struct Step {
        IndexNode node;
        std::size_t at = 0;  // the entry that was followed
    };

    Step& last() { return path_[depth_ - 1]; }
    Step const& last() const { return path_[depth_ - 1]; }
    Result<DirectoryBlock> split_leaf(Volume& volume, Inode& directory, DirectoryBlock const& full);
    Result<> make_room(Volume& volume, Inode& directory);
    Result<> grow(Volume& volume, Inode& directory);
    Result<> split_node(Volume& volume, Inode& directory);

    std::array<Step, most_levels> path_;
    std::size_t depth_ = 0;
    std::uint32_t hash_ = 0;
    HashVersion version_ = HashVersion::legacy;
};

}  // namespace ext4
