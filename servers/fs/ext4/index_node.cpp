// Opening, checking and changing one block of an index.
#include "servers/fs/ext4/index_node.hpp"
#include "servers/fs/ext4/checksum.hpp"
#include "servers/fs/ext4/name_hash.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <algorithm>
#include <cstring>

namespace ext4 {

namespace {

constexpr std::size_t size_of_entry = sizeof(disk::IndexEntry);

std::size_t limit_for(Volume& volume, std::size_t place)
{
    std::size_t const tail = volume.geometry().has_checksums() ? sizeof(disk::IndexTail) : 0;
    return (volume.geometry().block_size - place - tail) / size_of_entry;
}

bool has_sound_info(disk::IndexRootInfo const& info)
{
    constexpr std::uint8_t most_levels = 1;  // below the root; more only with large_dir
    return info.reserved == 0 && info.info_length == sizeof info && info.levels <= most_levels &&
           (info.unused_flags & 1) == 0;
}

// The tail lies after the last entry that fits.
struct Covered {
    std::span<std::byte> bytes;
    disk::IndexTail& tail;
};

Covered covered_by_checksum(std::span<std::byte> bytes, std::size_t place)
{
    auto const& limits = overlay<disk::IndexLimits>(bytes, place);
    return {bytes.first(place + limits.count * size_of_entry),
            overlay<disk::IndexTail>(bytes, place + limits.limit * size_of_entry)};
}

bool has_sound_limits(std::span<std::byte> bytes, std::size_t place)
{
    auto const& limits = overlay<disk::IndexLimits>(bytes, place);
    return limits.count <= limits.limit &&
           place + limits.limit * size_of_entry + sizeof(disk::IndexTail) <= bytes.size();
}

std::uint32_t index_checksum(Covered const& covered, std::uint32_t seed)
{
    std::uint32_t crc = crc32c(seed, covered.bytes);
    crc = crc32c(crc, covered.tail.reserved);
    return crc32c(crc, 0u);
}

}  // namespace

bool has_right_index_checksum(std::span<std::byte> bytes, std::size_t place, std::uint32_t seed)
{
    if (!has_sound_limits(bytes, place))
        return false;
    Covered const covered = covered_by_checksum(bytes, place);
    return covered.tail.checksum == index_checksum(covered, seed);
}

void seal_index(std::span<std::byte> bytes, std::size_t place, std::uint32_t seed)
{
    Covered const covered = covered_by_checksum(bytes, place);
    covered.tail.reserved = 0;
    covered.tail.checksum = index_checksum(covered, seed);
}

Result<IndexNode> IndexNode::open(Volume& volume, Inode& directory, LogicalBlock index,
                                  std::size_t place)
{
    DirectoryBlock opened = TRY(DirectoryBlock::open(volume, directory, index));
    if (!opened.is_index())
        return fail(Status::corrupt);
    IndexNode node;
    node.block_ = std::move(opened).take_block();
    node.place_ = place;
    if (node.limit() != limit_for(volume, place) || node.count() == 0 ||
        node.count() > node.limit())
        return fail(Status::corrupt);
    return node;
}

Result<IndexNode> IndexNode::root(Volume& volume, Inode& directory)
{
    IndexNode node = TRY(open(volume, directory, 0, root_place));
    if (!has_sound_info(node.info()))
        return fail(Status::corrupt);
    if (node.info().hash_version > static_cast<std::uint8_t>(HashVersion::tea))
        return fail(Status::not_supported);
    return node;
}

Result<IndexNode> IndexNode::child(Volume& volume, Inode& directory, LogicalBlock index)
{
    if (index == 0)
        return fail(Status::corrupt);
    return open(volume, directory, index, node_place);
}

Result<IndexNode> IndexNode::make(Volume& volume, Inode& directory, LogicalBlock index)
{
    DirectoryBlock made = TRY(DirectoryBlock::make(volume, directory, index));
    IndexNode node;
    node.block_ = std::move(made).take_block();
    node.place_ = node_place;
    auto const bytes = node.block_.data();
    std::ranges::fill(bytes, std::byte{0});
    overlay<disk::DirectoryEntry>(bytes).record_length = static_cast<std::uint16_t>(bytes.size());
    node.limits() = {static_cast<std::uint16_t>(limit_for(volume, node_place)), 0};
    return node;
}

IndexNode IndexNode::make_root(Volume& volume, Block block, LogicalBlock first_leaf)
{
    IndexNode node;
    node.block_ = std::move(block);
    node.place_ = root_place;
    auto const bytes = node.block_.data();

    // ".." takes up the rest of the block for who does not know the index.
    constexpr std::size_t after_dot = entry_size(1);
    auto& parent = overlay<disk::DirectoryEntry>(bytes, after_dot);
    parent.record_length = static_cast<std::uint16_t>(bytes.size() - after_dot);
    std::ranges::fill(bytes.subspan(disk::IndexRootInfo::place), std::byte{0});
    node.info() = {0, volume.super().default_hash_version, sizeof(disk::IndexRootInfo), 0, 0};
    node.limits() = {static_cast<std::uint16_t>(limit_for(volume, root_place)), 1};
    node.set_block(0, first_leaf);
    return node;
}

std::size_t IndexNode::find(std::uint32_t hash) const
{
    std::size_t low = 1;
    std::size_t high = count();
    while (low < high) {
        std::size_t const middle = (low + high) / 2;
        if (hash_of(middle) <= hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

void IndexNode::insert(std::size_t i, std::uint32_t hash, LogicalBlock block) const
{
    std::memmove(&entry(i) + 1, &entry(i), (count() - i) * size_of_entry);
    entry(i) = {hash, block};
    set_count(count() + 1);
}

void IndexNode::copy_tail(IndexNode const& other, std::size_t from) const
{
    std::size_t const moved = other.count() - from;
    for (std::size_t i = 0; i < moved; ++i) {
        set_block(i, other.block_of(from + i));
        if (i != 0)
            entry(i).hash = other.entry(from + i).hash;
    }
    set_count(moved);
}

void IndexNode::changed(Volume& volume, Inode const& directory) const
{
    if (volume.geometry().has_checksums())
        seal_index(block_.data(), place_, directory.checksum_seed);
    block_.mark_dirty(fs::Content::metadata);
}

}  // namespace ext4
