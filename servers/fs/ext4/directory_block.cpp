// Opening a directory block and changing its entries.
#include "servers/fs/ext4/directory_block.hpp"
#include "servers/fs/ext4/checksum.hpp"
#include "servers/fs/ext4/mapping.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <cstring>

namespace ext4 {

namespace {

constexpr std::size_t tail_size = sizeof(disk::DirectoryTail);

disk::DirectoryTail& tail_of(std::span<std::byte> bytes)
{
    return overlay<disk::DirectoryTail>(bytes, bytes.size() - tail_size);
}

std::uint32_t leaf_checksum(std::span<std::byte> bytes, std::uint32_t seed)
{
    return crc32c(seed, bytes.first(bytes.size() - tail_size));
}

}  // namespace

Result<DirectoryBlock> DirectoryBlock::open(Volume& volume, Inode& directory, LogicalBlock index)
{
    Mapping const mapping = TRY(find_mapping(volume, directory, index));
    if (mapping.state != Mapping::State::written)
        return fail(Status::corrupt);

    DirectoryBlock opened;
    opened.block_ = TRY(volume.blocks().get(mapping.physical));
    opened.index_ = index;
    opened.set_kind(volume, directory);
    if (volume.geometry().has_checksums() && !opened.block_.is_verified()) {
        if (!opened.has_right_checksum(directory))
            return fail(Status::corrupt);
        opened.block_.set_verified();
    }
    return opened;
}

Result<DirectoryBlock> DirectoryBlock::make(Volume& volume, Inode& directory, LogicalBlock index)
{
    Mapping const mapping = TRY(find_mapping(volume, directory, index));
    if (mapping.state != Mapping::State::written)
        return fail(Status::corrupt);

    DirectoryBlock made;
    made.block_ = TRY(volume.blocks().get_zeroed(mapping.physical));
    made.block_.set_verified();
    made.index_ = index;
    made.limit_ = made.bytes().size() - (volume.geometry().has_checksums() ? tail_size : 0);
    made.clear();
    made.changed(volume, directory);
    return made;
}

void DirectoryBlock::set_kind(Volume& volume, Inode const& directory)
{
    bool const has_index =
        directory.has(disk::Inode::flag_indexed) && volume.geometry().has_hashed_directories();
    disk::DirectoryEntry const& first = raw_at(0);
    if (has_index && index_ == 0)
        kind_ = BlockKind::index_root;
    else if (has_index && first.inode == 0 && first.record_length == bytes().size())
        kind_ = BlockKind::index_node;

    bool const has_tail = !is_index() && volume.geometry().has_checksums();
    limit_ = bytes().size() - (has_tail ? tail_size : 0);
}

bool DirectoryBlock::has_right_checksum(Inode const& directory) const
{
    constexpr std::size_t root_limits = disk::IndexRootInfo::place + sizeof(disk::IndexRootInfo);
    constexpr std::size_t node_limits = disk::DirectoryEntry::header_size;
    if (is_index())
        return has_right_index_checksum(bytes(),
                                        kind_ == BlockKind::index_root ? root_limits : node_limits,
                                        directory.checksum_seed);

    disk::DirectoryTail const& tail = tail_of(bytes());
    return tail.inode == 0 && tail.record_length == tail_size && tail.name_length == 0 &&
           tail.kind == disk::DirectoryTail::tail_kind &&
           tail.checksum == leaf_checksum(bytes(), directory.checksum_seed);
}

void DirectoryBlock::changed(Volume& volume, Inode const& directory) const
{
    if (volume.geometry().has_checksums())
        tail_of(bytes()) = {0, tail_size, 0, disk::DirectoryTail::tail_kind,
                            leaf_checksum(bytes(), directory.checksum_seed)};
    block_.mark_dirty(fs::Content::metadata);
}

Result<Entry> DirectoryBlock::entry_at(std::size_t offset) const
{
    constexpr std::size_t least = entry_size(1);
    if (limit_ - offset < least)
        return fail(Status::corrupt);
    disk::DirectoryEntry const& raw = raw_at(offset);
    std::size_t const needed = raw.inode == 0 ? least : entry_size(raw.name_length);
    if (raw.record_length % 4 != 0 || raw.record_length < std::max(needed, least) ||
        raw.record_length > limit_ - offset)
        return fail(Status::corrupt);
    if (raw.inode == 0)
        return Entry{0, raw.kind, {}, offset, raw.record_length};
    if (raw.name_length == 0)
        return fail(Status::corrupt);

    auto const name = bytes().subspan(offset + disk::DirectoryEntry::header_size, raw.name_length);
    return Entry{raw.inode, raw.kind,
                 std::string_view{reinterpret_cast<char const*>(name.data()), name.size()}, offset,
                 raw.record_length};
}

Result<Entry> DirectoryBlock::find(std::string_view name) const
{
    for (std::size_t offset = 0; offset < limit_;) {
        Entry const entry = TRY(entry_at(offset));
        if (entry.inode != 0 && entry.name == name)
            return entry;
        offset = entry.end();
    }
    return fail(Status::not_found);
}

void DirectoryBlock::write(std::size_t offset, std::size_t length, std::string_view name,
                           InodeNumber inode, std::uint8_t kind) const
{
    raw_at(offset) = {inode, static_cast<std::uint16_t>(length),
                      static_cast<std::uint8_t>(name.size()), kind};
    std::memcpy(bytes().data() + offset + disk::DirectoryEntry::header_size, name.data(),
                name.size());
}

Result<> DirectoryBlock::insert(std::string_view name, InodeNumber inode, std::uint8_t kind) const
{
    std::size_t const needed = entry_size(name.size());
    for (std::size_t offset = 0; offset < limit_;) {
        Entry const entry = TRY(entry_at(offset));
        std::size_t const used = entry.inode == 0 ? 0 : entry_size(entry.name.size());
        if (entry.length - used >= needed) {
            if (used != 0)
                raw_at(offset).record_length = static_cast<std::uint16_t>(used);
            write(offset + used, entry.length - used, name, inode, kind);
            return {};
        }
        offset = entry.end();
    }
    return fail(Status::no_space);
}

Result<> DirectoryBlock::remove(Entry const& removed) const
{
    if (removed.offset == 0) {
        raw_at(0).inode = 0;
        return {};
    }
    for (std::size_t offset = 0; offset < limit_;) {
        Entry const entry = TRY(entry_at(offset));
        if (entry.end() == removed.offset) {
            raw_at(offset).record_length =
                static_cast<std::uint16_t>(entry.length + removed.length);
            return {};
        }
        offset = entry.end();
    }
    return fail(Status::corrupt);
}

void DirectoryBlock::clear() const
{
    raw_at(0) = {0, static_cast<std::uint16_t>(limit_), 0, disk::DirectoryEntry::kind_unknown};
}

}  // namespace ext4
