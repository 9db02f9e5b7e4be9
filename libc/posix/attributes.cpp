#include "libc/posix/attributes.hpp"
#include <dirent.h>
#include <iterator>
#include <sys/sysmacros.h>

namespace posix {
namespace {

struct KindRow {
    mode_t mode;
    unsigned char entry_type;
};

// By the number of the kind.
constexpr KindRow kinds[] = {
    {S_IFREG, DT_REG}, {S_IFDIR, DT_DIR}, {S_IFLNK, DT_LNK},  {S_IFCHR, DT_UNKNOWN},
    {S_IFCHR, DT_CHR}, {S_IFBLK, DT_BLK}, {S_IFIFO, DT_FIFO}, {S_IFSOCK, DT_SOCK},
};

constexpr KindRow row_of(Kind kind)
{
    auto const number = static_cast<std::size_t>(kind);
    return number < std::size(kinds) ? kinds[number] : row_of(Kind::other);
}

timespec to_timespec(std::int64_t seconds, std::uint32_t nanoseconds)
{
    timespec result{};
    result.tv_sec = seconds;
    result.tv_nsec = nanoseconds;
    return result;
}

}  // namespace

mode_t mode_of(Kind kind) { return row_of(kind).mode; }

unsigned char entry_type_of(Kind kind) { return row_of(kind).entry_type; }

struct stat to_stat(Attributes const& attributes)
{
    constexpr blksize_t block_bytes = 4096;
    constexpr mode_t permission_bits = 07777;
    struct stat result{};
    result.st_dev = attributes.volume;
    result.st_ino = attributes.inode;
    result.st_mode = mode_of(attributes.kind) | (attributes.mode & permission_bits);
    result.st_nlink = attributes.links;
    result.st_uid = attributes.owner;
    result.st_gid = attributes.group;
    result.st_rdev = makedev(static_cast<unsigned>(attributes.device >> 32),
                             static_cast<unsigned>(attributes.device));
    result.st_size = static_cast<off_t>(attributes.size);
    result.st_blksize = block_bytes;
    result.st_blocks = static_cast<blkcnt_t>(attributes.blocks);
    result.st_atim = to_timespec(attributes.accessed, attributes.accessed_nanoseconds);
    result.st_mtim = to_timespec(attributes.modified, attributes.modified_nanoseconds);
    result.st_ctim = to_timespec(attributes.changed, attributes.changed_nanoseconds);
    return result;
}

}  // namespace posix
