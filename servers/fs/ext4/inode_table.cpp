// Finding, loading and storing inodes.
#include "servers/fs/ext4/inode_table.hpp"
#include "servers/fs/ext4/on_disk/overlay.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <algorithm>
#include <bit>
#include <new>

namespace ext4 {

namespace {

bool has_right_checksum(Geometry const& geometry, Inode const& inode,
                        std::span<std::byte const> bytes)
{
    if (!geometry.has_checksums())
        return true;
    std::uint32_t const actual = inode_checksum(inode.checksum_seed, bytes);
    if (!inode.has_fields_until(offsetof(disk::Inode, checksum_high) + 2))
        return inode.raw.checksum_low == (actual & 0xffff);
    return (std::uint32_t{inode.raw.checksum_high} << 16 | inode.raw.checksum_low) == actual;
}

bool has_sound_extra_size(Geometry const& geometry, Inode const& inode)
{
    std::size_t const room = geometry.inode_size - disk::Inode::base_size;
    return inode.raw.extra_size <= room && inode.raw.extra_size % 4 == 0;
}

}  // namespace

InodeRef::~InodeRef()
{
    if (inode_ != nullptr)
        volume_->release(*inode_);
}

InodePlace place_of(Volume& volume, InodeNumber number)
{
    Geometry const& geometry = volume.geometry();
    std::uint64_t const index = (number - 1) % geometry.inodes_per_group;
    std::uint64_t const byte = index * geometry.inode_size;
    Group const& group = volume.groups()[geometry.group_of_inode(number)];
    return {group.inode_table + (byte >> geometry.block_shift), byte & (geometry.block_size - 1)};
}

Result<> InodeTable::create(std::uint32_t capacity)
{
    capacity_ = capacity;
    bucket_mask_ = std::bit_ceil(capacity) - 1;
    places_.reset(new (std::nothrow) Inode[capacity]);
    buckets_.reset(new (std::nothrow) std::uint32_t[bucket_mask_ + 1]);
    if (!places_ || !buckets_)
        return fail(Status::no_memory);
    std::fill_n(buckets_.get(), bucket_mask_ + 1, none);
    return {};
}

Inode* InodeTable::find(InodeNumber number)
{
    std::uint32_t index = bucket(number);
    while (index != none && places_[index].number != number)
        index = places_[index].next_in_bucket;
    return index == none ? nullptr : &places_[index];
}

Result<InodeRef> InodeTable::get(InodeNumber number)
{
    Inode* const inode = TRY(use(number));
    return InodeRef{volume_, *inode};
}

Result<Inode*> InodeTable::use(InodeNumber number)
{
    Inode* inode = number == 0 ? nullptr : find(number);
    if (inode == nullptr) {
        inode = TRY(take_place());
        TRY(load(*inode, number));
        insert(*inode, number);
    }
    // Either it was removed while it is open, or an entry names an inode that is free.
    if (inode->raw.links == 0)
        return fail(inode->references != 0 ? Status::not_found : Status::corrupt);
    inode->used_lately = true;
    return inode;
}

Result<InodeRef> InodeTable::add(InodeNumber number, std::uint32_t generation)
{
    Inode* const inode = TRY(take_place());
    *inode = Inode{};
    inode->raw.generation = generation;
    inode->checksum_seed = inode_checksum_seed(volume_.geometry(), number, generation);
    insert(*inode, number);
    return InodeRef{volume_, *inode};
}

Result<> InodeTable::load(Inode& inode, InodeNumber number)
{
    Geometry const& geometry = volume_.geometry();
    bool const is_nameable = number == root_inode || (number >= geometry.first_free_inode &&
                                                      number <= geometry.inode_count);
    if (!is_nameable)
        return fail(Status::corrupt);

    InodePlace const place = place_of(volume_, number);
    Block const block = TRY(volume_.blocks().get(place.block));
    auto const bytes = block.data().subspan(place.offset, geometry.inode_size);
    inode = Inode{};
    __builtin_memcpy(&inode.raw, bytes.data(), std::min(bytes.size(), sizeof inode.raw));
    if (geometry.inode_size == disk::Inode::base_size)
        inode.raw.extra_size = 0;
    inode.load_ownership();
    inode.checksum_seed = inode_checksum_seed(geometry, number, inode.raw.generation);
    if (!has_sound_extra_size(geometry, inode) || !has_right_checksum(geometry, inode, bytes))
        return fail(Status::corrupt);
    if (inode.has(disk::Inode::flag_inline_data) || inode.has(disk::Inode::flag_encrypted))
        return fail(Status::not_supported);
    return {};
}

void InodeTable::insert(Inode& inode, InodeNumber number)
{
    inode.number = number;
    inode.used_lately = true;
    inode.next_in_bucket = bucket(number);
    bucket(number) = index_of(inode);
}

void InodeTable::remove(Inode& inode)
{
    std::uint32_t* link = &bucket(inode.number);
    while (*link != index_of(inode))
        link = &places_[*link].next_in_bucket;
    *link = inode.next_in_bucket;
    inode.number = 0;
}

// A place in use by nobody, found as the page cache finds its frames.
Result<Inode*> InodeTable::take_place()
{
    for (std::uint64_t steps = 0; steps < std::uint64_t{capacity_} * 2; ++steps) {
        Inode& inode = places_[clock_hand_];
        clock_hand_ = clock_hand_ + 1 == capacity_ ? 0 : clock_hand_ + 1;
        if (inode.references != 0)
            continue;
        if (inode.number == 0)
            return &inode;
        if (!std::exchange(inode.used_lately, false)) {
            remove(inode);
            return &inode;
        }
    }
    return fail(Status::no_memory);
}

Result<> store_inode(Volume& volume, Inode& inode)
{
    Geometry const& geometry = volume.geometry();
    InodePlace const place = place_of(volume, inode.number);
    Block const block = TRY(volume.blocks().get(place.block));
    auto const bytes = block.data().subspan(place.offset, geometry.inode_size);

    inode.store_ownership();

    // What lies behind the known fields (attributes in the inode) stays as it is.
    std::size_t const known =
        disk::Inode::base_size + (bytes.size() > disk::Inode::base_size
                                      ? std::max<std::size_t>(inode.raw.extra_size, 2)
                                      : 0);
    std::size_t const length = std::min(known, sizeof inode.raw);
    __builtin_memcpy(bytes.data(), &inode.raw, length);
    if (geometry.has_checksums()) {
        std::uint32_t const crc = inode_checksum(inode.checksum_seed, bytes);
        overlay<std::uint16_t>(bytes, offsetof(disk::Inode, checksum_low)) =
            static_cast<std::uint16_t>(crc);
        if (inode.has_fields_until(offsetof(disk::Inode, checksum_high) + 2))
            overlay<std::uint16_t>(bytes, offsetof(disk::Inode, checksum_high)) =
                static_cast<std::uint16_t>(crc >> 16);
    }
    block.mark_dirty(fs::Content::metadata);
    return {};
}

}  // namespace ext4
