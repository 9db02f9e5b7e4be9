// Fields of an inode that the format keeps in pieces.
#include "servers/fs/ext4/inode.hpp"
#include "servers/fs/ext4/checksum.hpp"
#include "servers/fs/ext4/on_disk/overlay.hpp"

namespace ext4 {

namespace {

std::uint32_t joined16(std::uint16_t low, std::uint16_t high)
{
    return low | std::uint32_t{high} << 16;
}

// 34 bits of seconds: the two low bits of the extra field continue the signed 32-bit number.
Timestamp time_of(std::uint32_t low, std::uint32_t extra)
{
    std::int64_t const epoch = extra & 3;
    return {static_cast<std::int32_t>(low) + (epoch << 32), extra >> 2};
}

std::uint32_t extra_of(Timestamp time)
{
    auto const low = static_cast<std::uint32_t>(time.seconds);
    auto const epoch = (time.seconds - static_cast<std::int32_t>(low)) >> 32;
    return time.nanoseconds << 2 | (static_cast<std::uint32_t>(epoch) & 3);
}

}  // namespace

void Inode::load_ownership()
{
    ownership = {joined16(raw.user_low, raw.user_high), joined16(raw.group_low, raw.group_high),
                 raw.mode};
}

void Inode::store_ownership()
{
    raw.user_low = static_cast<std::uint16_t>(ownership.owner);
    raw.user_high = static_cast<std::uint16_t>(ownership.owner >> 16);
    raw.group_low = static_cast<std::uint16_t>(ownership.group);
    raw.group_high = static_cast<std::uint16_t>(ownership.group >> 16);
    raw.mode = ownership.mode;
}

// The old form has a byte for each half of the number, the new one, behind it, more.
std::uint64_t Inode::device() const
{
    std::uint32_t numbers[2];
    __builtin_memcpy(numbers, raw.block, sizeof numbers);
    auto const [old_form, new_form] = numbers;
    bool const is_old = old_form != 0;
    std::uint64_t const major = is_old ? old_form >> 8 & 0xff : new_form >> 8 & 0xfff;
    std::uint64_t const minor =
        is_old ? old_form & 0xff : (new_form & 0xff) | (new_form >> 12 & 0xfff00);
    return major << 32 | minor;
}

std::uint64_t Inode::size() const
{
    return joined(raw.size_low, kind() == Kind::file ? raw.size_high : 0);
}

void Inode::set_size(std::uint64_t bytes)
{
    raw.size_low = low_half(bytes);
    raw.size_high = high_half(bytes);
}

std::uint64_t Inode::attribute_block() const
{
    return joined(raw.attributes_low, raw.attributes_high);
}

Timestamp Inode::accessed() const
{
    bool const has_extra = has_fields_until(offsetof(disk::Inode, access_time_extra) + 4);
    return time_of(raw.access_time, has_extra ? raw.access_time_extra : 0);
}

Timestamp Inode::modified() const
{
    bool const has_extra = has_fields_until(offsetof(disk::Inode, modify_time_extra) + 4);
    return time_of(raw.modify_time, has_extra ? raw.modify_time_extra : 0);
}

Timestamp Inode::changed() const
{
    bool const has_extra = has_fields_until(offsetof(disk::Inode, change_time_extra) + 4);
    return time_of(raw.change_time, has_extra ? raw.change_time_extra : 0);
}

void Inode::set_accessed(Timestamp time)
{
    raw.access_time = static_cast<std::uint32_t>(time.seconds);
    if (has_fields_until(offsetof(disk::Inode, access_time_extra) + 4))
        raw.access_time_extra = extra_of(time);
}

void Inode::set_modified(Timestamp time)
{
    raw.modify_time = static_cast<std::uint32_t>(time.seconds);
    if (has_fields_until(offsetof(disk::Inode, modify_time_extra) + 4))
        raw.modify_time_extra = extra_of(time);
}

std::uint64_t Inode::sectors(Geometry const& geometry) const
{
    std::uint64_t const unit = has(disk::Inode::flag_huge_file) ? geometry.block_size / 512 : 1;
    return joined(raw.blocks_low, raw.blocks_high) * unit;
}

void Inode::add_blocks(std::int64_t blocks, Geometry const& geometry)
{
    std::uint64_t const unit = has(disk::Inode::flag_huge_file) ? 1 : geometry.block_size / 512;
    std::uint64_t const before = joined(raw.blocks_low, raw.blocks_high);
    std::uint64_t const after = before + static_cast<std::uint64_t>(blocks) * unit;
    raw.blocks_low = low_half(after);
    raw.blocks_high = static_cast<std::uint16_t>(high_half(after));
}

void Inode::set_times(Timestamp now, bool content_changed)
{
    raw.change_time = static_cast<std::uint32_t>(now.seconds);
    if (has_fields_until(offsetof(disk::Inode, change_time_extra) + 4))
        raw.change_time_extra = extra_of(now);
    if (content_changed)
        set_modified(now);
}

std::uint32_t inode_checksum_seed(Geometry const& geometry, InodeNumber number,
                                  std::uint32_t generation)
{
    return crc32c(crc32c(geometry.checksum_seed, number), generation);
}

// The two fields of the checksum count as zero.
std::uint32_t inode_checksum(std::uint32_t seed, std::span<std::byte const> bytes)
{
    constexpr std::byte zeros[2]{};
    constexpr std::size_t low = offsetof(disk::Inode, checksum_low);
    constexpr std::size_t high = offsetof(disk::Inode, checksum_high);
    constexpr std::size_t base = disk::Inode::base_size;

    std::uint32_t crc = crc32c(seed, bytes.first(low));
    crc = crc32c(crc, zeros);
    crc = crc32c(crc, bytes.subspan(low + 2, base - low - 2));
    if (bytes.size() <= base)
        return crc;

    std::uint16_t extra_size;
    __builtin_memcpy(&extra_size, bytes.data() + base, sizeof extra_size);
    crc = crc32c(crc, bytes.subspan(base, high - base));
    if (base + extra_size < high + 2)
        return crc32c(crc, bytes.subspan(high));
    crc = crc32c(crc, zeros);
    return crc32c(crc, bytes.subspan(high + 2));
}

}  // namespace ext4
