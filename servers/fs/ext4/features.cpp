// The sentences for features that are not understood.
#include "servers/fs/ext4/features.hpp"
#include <span>

namespace ext4 {

namespace {

struct Feature {
    std::uint32_t bit;
    char const* sentence;
};

constexpr Feature foreign_incompatible[] = {
    {0x1, "the volume uses compression, which is not supported"},
    {0x8, "this is an external journal (journal_dev), not a volume"},
    {0x100, "the volume uses multiple mount protection (mmp), which is not supported"},
    {0x400, "the volume keeps attributes in inodes (ea_inode), which is not supported"},
    {0x1000, "the volume keeps data in directory entries (dirdata), which is not supported"},
    {0x4000, "the volume has large directories (large_dir), which are not supported"},
    {0x8000, "the volume keeps data in inodes (inline_data), which is not supported"},
    {0x10000, "the volume is encrypted (encrypt), which is not supported"},
    {0x20000, "the volume ignores case in names (casefold), which is not supported"},
};

constexpr Feature foreign_read_only[] = {
    {0x100, "read-only: the volume keeps quotas (quota)"},
    {0x800, "read-only: the volume is a replica (replica)"},
    {0x1000, "read-only: the volume says so (read-only)"},
    {0x2000, "read-only: the volume keeps project quotas (project)"},
    {0x4000, "read-only: files of the volume share blocks (shared_blocks)"},
    {0x8000, "read-only: the volume has protected files (verity)"},
    {0x10000, "read-only: the orphan file is not empty; run e2fsck (orphan_present)"},
};

char const* first_of(std::span<Feature const> known, std::uint32_t bits, char const* otherwise)
{
    if (bits == 0)
        return nullptr;
    for (Feature const& feature : known) {
        if ((bits & feature.bit) != 0)
            return feature.sentence;
    }
    return otherwise;
}

}  // namespace

char const* refusal_of(disk::Superblock const& super)
{
    if ((super.read_only_compatible & read_only_compatible::clusters) != 0)
        return "the volume allocates clusters of blocks (bigalloc), which is not supported";
    return first_of(foreign_incompatible, super.incompatible & ~incompatible::understood,
                    "the volume has an incompatible feature that is unknown here");
}

char const* read_only_reason_of(disk::Superblock const& super)
{
    if ((super.incompatible & incompatible::needs_recovery) != 0)
        return "read-only: the journal has to be replayed; run e2fsck (needs_recovery)";
    if ((super.incompatible & incompatible::extents) == 0)
        return "read-only: the volume has block maps instead of extents (ext2, ext3)";
    return first_of(foreign_read_only,
                    super.read_only_compatible & ~read_only_compatible::understood,
                    "read-only: the volume has a feature that is unknown here");
}

}  // namespace ext4
