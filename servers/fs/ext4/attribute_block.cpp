// Dropping an inode's reference to its attribute block.
#include "servers/fs/ext4/attribute_block.hpp"
#include "servers/fs/ext4/block_allocator.hpp"
#include "servers/fs/ext4/checksum.hpp"
#include "servers/fs/ext4/on_disk/overlay.hpp"
#include "servers/fs/ext4/volume.hpp"

namespace ext4 {

namespace {

struct AttributeHeader {
    static constexpr std::uint32_t magic_value = 0xea020000;
    std::uint32_t magic, references, blocks, hash, checksum, reserved[3];
};
static_assert(sizeof(AttributeHeader) == 32);

std::uint32_t checksum_of(Volume& volume, BlockNumber place, std::span<std::byte const> bytes)
{
    constexpr std::size_t at = offsetof(AttributeHeader, checksum);
    std::uint32_t crc = crc32c(volume.geometry().checksum_seed, low_half(place));
    crc = crc32c(crc, high_half(place));
    crc = crc32c(crc, bytes.first(at));
    crc = crc32c(crc, 0u);
    return crc32c(crc, bytes.subspan(at + 4));
}

}  // namespace

Result<> release_attribute_block(Volume& volume, Inode& inode)
{
    BlockNumber const place = inode.attribute_block();
    if (place == 0)
        return {};
    if (!volume.geometry().contains(place, 1))
        return fail(Status::corrupt);

    bool is_last = false;
    {
        Block const block = TRY(volume.blocks().get(place));
        auto& header = overlay<AttributeHeader>(block.data());
        if (header.magic != AttributeHeader::magic_value || header.references == 0)
            return fail(Status::corrupt);
        is_last = header.references == 1;
        if (!is_last) {
            --header.references;
            if (volume.geometry().has_checksums())
                header.checksum = checksum_of(volume, place, block.data());
            block.mark_dirty(fs::Content::metadata);
        }
    }
    if (is_last)
        TRY(free_blocks(volume, place, 1));
    inode.raw.attributes_low = 0;
    inode.raw.attributes_high = 0;
    inode.add_blocks(-1, volume.geometry());
    return {};
}

}  // namespace ext4
