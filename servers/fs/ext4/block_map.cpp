// Block maps: what files had before extents. Twelve direct blocks, then trees of one to three
// levels of blocks full of block numbers; 0 is a hole. They are read and freed, never extended.
#include "servers/fs/ext4/block_allocator.hpp"
#include "servers/fs/ext4/mapping.hpp"
#include "servers/fs/ext4/on_disk/overlay.hpp"
#include "servers/fs/ext4/volume.hpp"

namespace ext4 {

namespace {

constexpr std::size_t direct_count = 12;
constexpr unsigned deepest = 3;

std::uint32_t number_at(std::span<std::byte> bytes, std::size_t index)
{
    return overlay<std::uint32_t>(bytes, index * sizeof(std::uint32_t));
}

// How many numbers are in a block, as a shift.
unsigned fanout_shift(Volume& volume) { return volume.geometry().block_shift - 2; }

Mapping single(LogicalBlock logical, BlockNumber physical)
{
    return {logical, 1, physical, physical == 0 ? Mapping::State::hole : Mapping::State::written};
}

// The number for block `rest` under a tree of `levels` levels; 0 for a hole.
Result<BlockNumber> walk(Volume& volume, BlockNumber top, unsigned levels, std::uint64_t rest)
{
    unsigned const shift = fanout_shift(volume);
    BlockNumber current = top;
    for (; levels > 0 && current != 0; --levels) {
        if (!volume.geometry().contains(current, 1))
            return fail(Status::corrupt);
        Block const block = TRY(volume.blocks().get(current));
        std::uint64_t const index = rest >> (levels - 1) * shift & ((1u << shift) - 1);
        current = number_at(block.data(), index);
    }
    if (current != 0 && !volume.geometry().contains(current, 1))
        return fail(Status::corrupt);
    return current;
}

Result<> free_tree(Volume& volume, Inode& inode, BlockNumber top, unsigned levels)
{
    if (top == 0)
        return {};
    if (!volume.geometry().contains(top, 1))
        return fail(Status::corrupt);
    std::size_t const count = levels == 0 ? 0 : std::size_t{1} << fanout_shift(volume);
    for (std::size_t i = 0; i < count; ++i) {
        BlockNumber below;
        {
            Block const block = TRY(volume.blocks().get(top));
            below = number_at(block.data(), i);
        }
        TRY(free_tree(volume, inode, below, levels - 1));
    }
    TRY(free_blocks(volume, top, 1));
    inode.add_blocks(-1, volume.geometry());
    return {};
}

}  // namespace

Result<Mapping> find_in_block_map(Volume& volume, Inode& inode, LogicalBlock logical)
{
    if (logical < direct_count) {
        BlockNumber const direct = number_at(inode.raw.block, logical);
        return single(logical, TRY(walk(volume, direct, 0, 0)));
    }
    std::uint64_t rest = logical - direct_count;
    for (unsigned levels = 1; levels <= deepest; ++levels) {
        std::uint64_t const span = std::uint64_t{1} << levels * fanout_shift(volume);
        if (rest < span) {
            BlockNumber const top = number_at(inode.raw.block, direct_count + levels - 1);
            return single(logical, TRY(walk(volume, top, levels, rest)));
        }
        rest -= span;
    }
    return fail(Status::corrupt);
}

Result<> free_block_map(Volume& volume, Inode& inode)
{
    TRY(volume.begin_change());
    for (std::size_t i = 0; i < direct_count + deepest; ++i) {
        unsigned const levels = i < direct_count ? 0 : static_cast<unsigned>(i - direct_count + 1);
        std::uint32_t& top = overlay<std::uint32_t>(inode.raw.block, i * sizeof(std::uint32_t));
        TRY(free_tree(volume, inode, top, levels));
        top = 0;
    }
    return {};
}

}  // namespace ext4
