// Mounting: deciding from the superblock whether this volume can be served, and how.
#include "servers/fs/ext4/checksum.hpp"
#include "servers/fs/ext4/on_disk/overlay.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <new>

namespace ext4 {

namespace {

bool has_right_checksum(disk::Superblock const& super)
{
    constexpr std::uint32_t with_checksum = read_only_compatible::metadata_checksum;
    if ((super.read_only_compatible & with_checksum) == 0)
        return true;
    constexpr std::size_t covered = offsetof(disk::Superblock, checksum);
    return super.checksum_type == disk::Superblock::checksum_crc32c &&
           super.checksum == crc32c(~0u, bytes_of(super).first(covered));
}

// Feature flags come before the checksum: an unknown feature may be the reason that it is wrong.
char const* reason_to_refuse(disk::Superblock const& super)
{
    if (super.magic != disk::Superblock::magic_value)
        return "the disk holds no ext4 volume";
    if (char const* const reason = refusal_of(super))
        return reason;
    if (!has_right_checksum(super))
        return "the superblock has a wrong checksum";
    return nullptr;
}

Result<disk::Superblock> read_super(fs::BlockCache& cache)
{
    fs::Page const page = TRY(cache.get(0));
    return overlay<disk::Superblock>(page.data(), disk::Superblock::place);
}

char const* warning_for(disk::Superblock const& super)
{
    if ((super.state & disk::Superblock::state_errors) != 0)
        return "errors were found on the volume earlier; run e2fsck";
    if ((super.state & disk::Superblock::state_clean) == 0)
        return "the volume was not unmounted; run e2fsck";
    if (super.last_orphan != 0)
        return "the volume has files that were deleted while open; run e2fsck";
    return nullptr;
}

}  // namespace

Result<std::unique_ptr<Volume>> Volume::mount(fs::BlockCache& cache, Clock& clock,
                                              MountNotes& notes, std::uint32_t inode_capacity)
{
    disk::Superblock const super = TRY(read_super(cache));
    notes.refusal = reason_to_refuse(super);
    if (notes.refusal != nullptr) {
        bool const is_foreign =
            super.magic != disk::Superblock::magic_value || refusal_of(super) != nullptr;
        return fail(is_foreign ? Status::not_supported : Status::corrupt);
    }

    auto const geometry = Geometry::from(super, cache.page_count() * fs::page_bytes);
    if (!geometry) {
        notes.refusal = geometry.error() == Status::not_supported
                            ? "the volume has blocks of more than 4 KiB"
                            : "the superblock contradicts itself or the size of the disk";
        return fail(geometry.error());
    }

    std::unique_ptr<Volume> volume{new (std::nothrow) Volume{cache, clock, super, *geometry}};
    if (!volume)
        return fail(Status::no_memory);
    TRY(volume->start(inode_capacity, notes));
    return volume;
}

Volume::Volume(fs::BlockCache& cache, Clock& clock, disk::Superblock const& super,
               Geometry const& geometry)
    : super_{super}, geometry_{geometry}, clock_{clock}, blocks_{cache, geometry_},
      groups_{blocks_, geometry_}, inodes_{*this}
{
}

Volume::~Volume() { blocks_.cache().set_listener(nullptr); }

Result<> Volume::start(std::uint32_t inode_capacity, MountNotes& notes)
{
    notes.read_only = read_only_reason_of(super_);
    if (notes.read_only == nullptr && blocks_.cache().is_read_only())
        notes.read_only = "read-only: the disk cannot be written";
    notes.warning = warning_for(super_);
    read_only_ = notes.read_only != nullptr;
    was_clean_ = notes.warning == nullptr;

    if (Result<> const loaded = groups_.load(); !loaded) {
        notes.refusal = "a group descriptor is damaged";
        return loaded;
    }
    TRY(inodes_.create(inode_capacity));
    count_free();
    if (Result<InodeRef> const top = root(); !top || (*top)->kind() != Kind::directory) {
        notes.refusal = "the root directory is damaged";
        return fail(top ? Status::corrupt : top.error());
    }
    generation_ = crc32c(super_.hash_seed[0], low_half(static_cast<std::uint64_t>(now().seconds)));
    blocks_.cache().set_listener(this);
    return {};
}

}  // namespace ext4
