// Finding and listing: by hash where there is an index, else block by block.
#include "servers/fs/ext4/directory.hpp"
#include "servers/fs/ext4/hash_index.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <algorithm>
#include <iterator>

namespace ext4 {

namespace {

Result<FoundEntry> find_by_hash(Volume& volume, Inode& directory, std::string_view name)
{
    HashIndex index = TRY(HashIndex::find(volume, directory, name));
    for (bool more = true; more;) {
        DirectoryBlock block = TRY(DirectoryBlock::open(volume, directory, index.leaf()));
        if (block.is_index())
            return fail(Status::corrupt);
        Result<Entry> const entry = block.find(name);
        if (entry)
            return FoundEntry{std::move(block), *entry};
        if (entry.error() != Status::not_found)
            return fail(entry.error());
        more = TRY(index.next_leaf(volume, directory));
    }
    return fail(Status::not_found);
}

Result<FoundEntry> find_by_scan(Volume& volume, Inode& directory, std::string_view name,
                                LogicalBlock count)
{
    for (LogicalBlock index = 0; index < count; ++index) {
        DirectoryBlock block = TRY(DirectoryBlock::open(volume, directory, index));
        Result<Entry> const entry = block.find(name);
        if (entry)
            return FoundEntry{std::move(block), *entry};
        if (entry.error() != Status::not_found)
            return fail(entry.error());
    }
    return fail(Status::not_found);
}

struct EntryKind {
    std::uint8_t stated;
    Kind kind;
};

constexpr EntryKind entry_kinds[] = {
    {disk::DirectoryEntry::kind_file, Kind::file},
    {disk::DirectoryEntry::kind_directory, Kind::directory},
    {disk::DirectoryEntry::kind_symbolic_link, Kind::symbolic_link},
    {disk::DirectoryEntry::kind_character_device, Kind::character_device},
    {disk::DirectoryEntry::kind_block_device, Kind::block_device},
    {disk::DirectoryEntry::kind_fifo, Kind::fifo},
    {disk::DirectoryEntry::kind_socket, Kind::socket},
};

Kind kind_stated(std::uint8_t stated)
{
    auto const row = std::ranges::find(entry_kinds, stated, &EntryKind::stated);
    return row == std::end(entry_kinds) ? Kind::other : row->kind;
}

bool is_dot_or_dot_dot(std::string_view name) { return name == "." || name == ".."; }

}  // namespace

Result<LogicalBlock> directory_blocks(Volume& volume, Inode const& directory)
{
    if (directory.kind() != Kind::directory)
        return fail(Status::not_a_directory);
    Geometry const& geometry = volume.geometry();
    std::uint64_t const size = directory.size();
    std::uint64_t const blocks = size >> geometry.block_shift;
    if (size == 0 || (size & (geometry.block_size - 1)) != 0 || blocks > geometry.block_count)
        return fail(Status::corrupt);
    return static_cast<LogicalBlock>(blocks);
}

Result<FoundEntry> find_entry(Volume& volume, Inode& directory, std::string_view name)
{
    LogicalBlock const count = TRY(directory_blocks(volume, directory));
    if (name.size() > disk::DirectoryEntry::max_name)
        return fail(Status::name_too_long);
    bool const is_hashed =
        directory.has(disk::Inode::flag_indexed) && volume.geometry().has_hashed_directories();
    if (!is_hashed)
        return find_by_scan(volume, directory, name, count);
    if (is_dot_or_dot_dot(name))
        return find_by_scan(volume, directory, name, 1);

    // An index that cannot be used is no reason to deny the names.
    Result<FoundEntry> found = find_by_hash(volume, directory, name);
    if (!found && found.error() == Status::not_supported)
        return find_by_scan(volume, directory, name, count);
    return found;
}

Result<bool> is_empty_directory(Volume& volume, Inode& directory)
{
    LogicalBlock const count = TRY(directory_blocks(volume, directory));
    for (LogicalBlock index = 0; index < count; ++index) {
        DirectoryBlock const block = TRY(DirectoryBlock::open(volume, directory, index));
        for (std::size_t offset = 0; offset < block.limit();) {
            Entry const entry = TRY(block.entry_at(offset));
            if (entry.inode != 0 && !is_dot_or_dot_dot(entry.name))
                return false;
            offset = entry.end();
        }
    }
    return true;
}

Result<std::uint64_t> list_directory(Volume& volume, Inode& directory, std::uint64_t position,
                                     fs::EntrySink& sink)
{
    LogicalBlock const count = TRY(directory_blocks(volume, directory));
    std::uint32_t const shift = volume.geometry().block_shift;
    std::uint64_t const end = std::uint64_t{count} << shift;
    while (position < end) {
        auto const index = static_cast<LogicalBlock>(position >> shift);
        std::uint64_t const start = std::uint64_t{index} << shift;
        DirectoryBlock const block = TRY(DirectoryBlock::open(volume, directory, index));

        // From the block's start: what was an entry at `position` once may be part of another now.
        for (std::size_t offset = 0; offset < block.limit();) {
            Entry const entry = TRY(block.entry_at(offset));
            bool const is_wanted = entry.inode != 0 && start + offset >= position;
            if (is_wanted && !sink.take({entry.inode, kind_stated(entry.kind), entry.name}))
                return start + offset;
            offset = entry.end();
        }
        position = start + volume.geometry().block_size;
    }
    return end;
}

std::uint8_t entry_kind(Volume& volume, Inode const& inode)
{
    if ((volume.geometry().incompatible & incompatible::file_type) == 0)
        return disk::DirectoryEntry::kind_unknown;
    auto const row = std::ranges::find(entry_kinds, inode.kind(), &EntryKind::kind);
    return row == std::end(entry_kinds) ? disk::DirectoryEntry::kind_unknown : row->stated;
}

}  // namespace ext4
