// Fields of an inode that the format keeps in pieces.
#include "servers/fs/ext4/inode.hpp"
#include "servers/fs/ext4/checksum.hpp"
#include "servers/fs/ext4/on_disk/overlay.hpp"

namespace ext4 {

Kind Inode::kind() const
{
    switch (raw.mode & disk::Inode::kind_mask) {
    case disk::Inode::kind_file:
        return Kind::file;
    case disk::Inode::kind_directory:
        return Kind::directory;
    case disk::Inode::kind_symbolic_link:
        return Kind::symbolic_link;
    default:
        return Kind::other;
    }
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

// 34 bits of seconds: the two low bits of the extra field continue the signed 32-bit number.
Timestamp Inode::modified() const
{
    auto const seconds = static_cast<std::int32_t>(raw.modify_time);
    if (!has_fields_until(offsetof(disk::Inode, modify_time_extra) + 4))
        return {seconds, 0};
    std::int64_t const epoch = raw.modify_time_extra & 3;
    return {seconds + (epoch << 32), raw.modify_time_extra >> 2};
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
    auto const seconds = static_cast<std::uint32_t>(now.seconds);
    auto const epoch = (now.seconds - static_cast<std::int32_t>(seconds)) >> 32;
    std::uint32_t const extra = now.nanoseconds << 2 | (static_cast<std::uint32_t>(epoch) & 3);

    raw.change_time = seconds;
    if (has_fields_until(offsetof(disk::Inode, change_time_extra) + 4))
        raw.change_time_extra = extra;
    if (!content_changed)
        return;
    raw.modify_time = seconds;
    if (has_fields_until(offsetof(disk::Inode, modify_time_extra) + 4))
        raw.modify_time_extra = extra;
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
