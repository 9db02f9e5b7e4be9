// Opening, checking and changing one node.
#include "servers/fs/ext4/extent_node.hpp"
#include "servers/fs/ext4/checksum.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <cstring>

namespace ext4 {

Result<ExtentNode> ExtentNode::root(Inode& inode)
{
    ExtentNode node;
    node.bytes_ = inode.raw.block;
    if (!node.is_sound(node.bytes_.size()) || node.depth() > disk::ExtentHeader::max_depth)
        return fail(Status::corrupt);
    return node;
}

bool ExtentNode::is_sound(std::size_t room) const
{
    return header().magic == disk::ExtentHeader::magic_value && count() <= capacity() &&
           capacity() > 0 && offset(capacity()) <= room;
}

Result<ExtentNode> ExtentNode::child(Volume& volume, Inode& inode, std::size_t index) const
{
    constexpr std::size_t checksum_room = 4;
    ExtentNode node;
    node.place_ = child_place(index);
    if (!volume.geometry().contains(node.place_, 1))
        return fail(Status::corrupt);
    node.block_ = TRY(volume.blocks().get(node.place_));
    node.bytes_ = node.block_.data();
    if (!node.is_sound(node.bytes_.size() - checksum_room) || node.depth() + 1 != depth() ||
        node.count() == 0)
        return fail(Status::corrupt);
    if (volume.geometry().has_checksums() && !node.block_.is_verified()) {
        if (node.stored_checksum() != node.checksum(inode))
            return fail(Status::corrupt);
        node.block_.set_verified();
    }
    return node;
}

Result<ExtentNode> ExtentNode::make(Volume& volume, BlockNumber place, std::uint16_t depth)
{
    ExtentNode node;
    node.place_ = place;
    node.block_ = TRY(volume.blocks().get_zeroed(place));
    node.block_.set_verified();
    node.bytes_ = node.block_.data();
    std::size_t const room = node.bytes_.size() - sizeof(disk::ExtentHeader);
    node.header() = {disk::ExtentHeader::magic_value, 0,
                     static_cast<std::uint16_t>(room / entry_size), depth, 0};
    return node;
}

void ExtentNode::make_root(Inode& inode)
{
    constexpr std::uint16_t fit =
        (sizeof inode.raw.block - sizeof(disk::ExtentHeader)) / entry_size;
    overlay<disk::ExtentHeader>(inode.raw.block) = {disk::ExtentHeader::magic_value, 0, fit, 0, 0};
    inode.recent = {};
}

int ExtentNode::find(LogicalBlock logical) const
{
    std::size_t low = 0;
    std::size_t high = count();
    while (low < high) {
        std::size_t const middle = (low + high) / 2;
        if (first_of(middle) <= logical)
            low = middle + 1;
        else
            high = middle;
    }
    return static_cast<int>(low) - 1;
}

void ExtentNode::insert(std::size_t i, disk::Extent const& entry) const
{
    auto const tail = bytes_.subspan(offset(i), (count() - i) * entry_size);
    std::memmove(tail.data() + entry_size, tail.data(), tail.size());
    extent(i) = entry;
    ++header().entries;
}

void ExtentNode::remove(std::size_t i, std::size_t removed) const
{
    std::size_t const after = i + removed;
    std::memmove(bytes_.data() + offset(i), bytes_.data() + offset(after),
                 (count() - after) * entry_size);
    header().entries = static_cast<std::uint16_t>(count() - removed);
}

void ExtentNode::take_tail(ExtentNode const& other, std::size_t from) const
{
    std::size_t const moved = other.count() - from;
    std::memcpy(bytes_.data() + offset(count()), other.bytes_.data() + offset(from),
                moved * entry_size);
    header().entries = static_cast<std::uint16_t>(count() + moved);
    other.remove(from, moved);
}

void ExtentNode::changed(Volume& volume, Inode const& inode) const
{
    if (is_root())
        return;
    if (volume.geometry().has_checksums())
        stored_checksum() = checksum(inode);
    block_.mark_dirty(fs::Content::metadata);
}

std::uint32_t ExtentNode::checksum(Inode const& inode) const
{
    return crc32c(inode.checksum_seed, bytes_.first(offset(capacity())));
}

Mapping mapping_of(disk::Extent const& extent)
{
    constexpr std::uint16_t longest = disk::Extent::max_written_length;
    bool const is_written = extent.length <= longest;
    return {extent.logical, is_written ? extent.length : extent.length - std::uint32_t{longest},
            joined(extent.physical_low, extent.physical_high),
            is_written ? Mapping::State::written : Mapping::State::unwritten};
}

disk::Extent extent_of(Mapping const& mapping)
{
    std::uint32_t const bias =
        mapping.state == Mapping::State::unwritten ? disk::Extent::max_written_length : 0;
    return {mapping.logical, static_cast<std::uint16_t>(mapping.length + bias),
            static_cast<std::uint16_t>(high_half(mapping.physical)), low_half(mapping.physical)};
}

}  // namespace ext4
