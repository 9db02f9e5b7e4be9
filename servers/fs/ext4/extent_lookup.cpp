// Looking a block up in an extent tree.
#include "servers/fs/ext4/extent_node.hpp"
#include "servers/fs/ext4/mapping.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <algorithm>

namespace ext4 {

namespace {

constexpr std::uint64_t logical_end = std::uint64_t{1} << 32;

Mapping hole(LogicalBlock logical, std::uint64_t end)
{
    std::uint64_t const length = std::min<std::uint64_t>(end - logical, ~0u);
    return {logical, static_cast<std::uint32_t>(length), 0, Mapping::State::hole};
}

}  // namespace

Result<Mapping> find_mapping(Volume& volume, Inode& inode, LogicalBlock logical)
{
    if (inode.recent.contains(logical)) [[likely]]
        return inode.recent.from(logical);
    if (!inode.has_extents())
        return find_in_block_map(volume, inode, logical);
    return find_in_extents(volume, inode, logical);
}

Result<Mapping> find_in_extents(Volume& volume, Inode& inode, LogicalBlock logical)
{
    ExtentNode node = TRY(ExtentNode::root(inode));
    std::uint64_t end = logical_end;  // where the next extent may start
    for (;;) {
        int const found = node.find(logical);
        std::size_t const next = static_cast<std::size_t>(found + 1);
        if (next < node.count())
            end = node.first_of(next);
        if (found < 0)
            return hole(logical, end);
        if (node.depth() == 0)
            break;
        node = TRY(node.child(volume, inode, next - 1));
    }

    Mapping const extent = mapping_of(node.extent(static_cast<std::size_t>(node.find(logical))));
    if (extent.length == 0 || !volume.geometry().contains(extent.physical, extent.length))
        return fail(Status::corrupt);
    if (!extent.contains(logical))
        return end > logical ? Result<Mapping>{hole(logical, end)} : fail(Status::corrupt);
    inode.recent = extent;
    return extent.from(logical);
}

}  // namespace ext4
