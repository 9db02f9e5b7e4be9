// Adding to a hashed directory: full leaves are split in the middle of their hashes.
#include "servers/fs/ext4/directory.hpp"
#include "servers/fs/ext4/hash_index.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

namespace ext4 {

namespace {

// A leaf's entries, sorted by hash, with a copy of the block that they are in.
class SortedLeaf {
public:
    struct Item {
        std::uint32_t hash;
        std::uint16_t offset;
        std::uint16_t size;  // without slack
    };

    Result<> load(Volume& volume, DirectoryBlock const& leaf, HashVersion version);

    // The first item of the upper half. The halves differ by one entry at most, in bytes, so that
    // each has room for another; 0 or count() if there are too few to divide.
    std::size_t middle() const;
    std::size_t count() const { return count_; }
    std::uint32_t hash_of(std::size_t i) const { return items_[i].hash; }

    // Fills a block with items [from, to), without gaps.
    void write(DirectoryBlock const& block, std::size_t from, std::size_t to) const;

private:
    static constexpr std::size_t most_items = fs::page_bytes / entry_size(1);

    std::array<Item, most_items> items_;
    std::size_t count_ = 0;
    alignas(8) std::array<std::byte, fs::page_bytes> copy_;
};

Result<> SortedLeaf::load(Volume& volume, DirectoryBlock const& leaf, HashVersion version)
{
    std::ranges::copy(leaf.bytes(), copy_.begin());
    for (std::size_t offset = 0; offset < leaf.limit();) {
        Entry const entry = TRY(leaf.entry_at(offset));
        if (entry.inode != 0)
            items_[count_++] = {hash_name(entry.name, version, volume.super().hash_seed),
                                static_cast<std::uint16_t>(offset),
                                static_cast<std::uint16_t>(entry_size(entry.name.size()))};
        offset = entry.end();
    }
    std::ranges::sort(std::span{items_}.first(count_), {}, &Item::hash);
    return {};
}

std::size_t SortedLeaf::middle() const
{
    std::size_t total = 0;
    for (std::size_t i = 0; i < count_; ++i)
        total += items_[i].size;
    std::size_t below = 0;
    std::size_t split = 0;
    while (split < count_ && below + items_[split].size / 2u <= total / 2)
        below += items_[split++].size;
    return split;
}

void SortedLeaf::write(DirectoryBlock const& block, std::size_t from, std::size_t to) const
{
    block.clear();
    std::size_t at = 0;
    for (std::size_t i = from; i < to; ++i) {
        Item const& item = items_[i];
        std::size_t const length = i + 1 == to ? block.limit() - at : item.size;
        std::memcpy(block.bytes().data() + at, copy_.data() + item.offset, item.size);
        block.raw_at(at).record_length = static_cast<std::uint16_t>(length);
        at += item.size;
    }
}

// There was room for another name, but not in one piece.
Result<DirectoryBlock> close_gaps(Volume& volume, Inode& directory, DirectoryBlock const& leaf,
                                  SortedLeaf const& sorted)
{
    DirectoryBlock closed = TRY(DirectoryBlock::open(volume, directory, leaf.index()));
    sorted.write(closed, 0, sorted.count());
    closed.changed(volume, directory);
    return closed;
}

}  // namespace

Result<> HashIndex::insert(Volume& volume, Inode& directory, std::string_view name,
                           InodeNumber inode, std::uint8_t kind)
{
    DirectoryBlock const block = TRY(DirectoryBlock::open(volume, directory, leaf()));
    if (block.is_index())
        return fail(Status::corrupt);
    Result<> const inserted = block.insert(name, inode, kind);
    if (inserted)
        block.changed(volume, directory);
    if (inserted || inserted.error() != Status::no_space)
        return inserted;

    DirectoryBlock const half = TRY(split_leaf(volume, directory, block));
    TRY(half.insert(name, inode, kind));
    half.changed(volume, directory);
    return {};
}

// The result is the half where this index's name belongs.
Result<DirectoryBlock> HashIndex::split_leaf(Volume& volume, Inode& directory,
                                             DirectoryBlock const& full)
{
    TRY(make_room(volume, directory));
    std::unique_ptr<SortedLeaf> const sorted{new (std::nothrow) SortedLeaf};
    if (!sorted)
        return fail(Status::no_memory);
    TRY(sorted->load(volume, full, version_));
    std::size_t const middle = sorted->middle();
    if (middle == 0 || middle == sorted->count())
        return close_gaps(volume, directory, full, *sorted);

    LogicalBlock const added = TRY(append_directory_block(volume, directory));
    DirectoryBlock upper = TRY(DirectoryBlock::open(volume, directory, added));
    sorted->write(upper, middle, sorted->count());
    upper.changed(volume, directory);
    TRY(write_before_original(volume, directory, upper.block()));

    // Bit 0 tells a search that names of this hash may be in both halves.
    std::uint32_t const first = sorted->hash_of(middle);
    std::uint32_t const continued = first == sorted->hash_of(middle - 1) ? 1 : 0;
    last().node.insert(last().at + 1, first | continued, added);
    last().node.changed(volume, directory);
    DirectoryBlock lower = TRY(DirectoryBlock::open(volume, directory, full.index()));
    sorted->write(lower, 0, middle);
    lower.changed(volume, directory);
    return hash_ >= first ? std::move(upper) : std::move(lower);
}

}  // namespace ext4
