#include "libc/posix/attributes.hpp"
#include <dirent.h>

namespace posix {

mode_t mode_of(Kind kind)
{
    switch (kind) {
    case Kind::file:
        return S_IFREG;
    case Kind::directory:
        return S_IFDIR;
    case Kind::symbolic_link:
        return S_IFLNK;
    case Kind::other:
        break;
    }
    return S_IFCHR;
}

unsigned char entry_type_of(Kind kind)
{
    switch (kind) {
    case Kind::file:
        return DT_REG;
    case Kind::directory:
        return DT_DIR;
    case Kind::symbolic_link:
        return DT_LNK;
    case Kind::other:
        break;
    }
    return DT_UNKNOWN;
}

struct stat to_stat(Attributes const& attributes)
{
    constexpr blksize_t block_bytes = 4096;
    constexpr mode_t permission_bits = 07777;
    struct stat result{};
    result.st_ino = attributes.inode;
    result.st_mode = mode_of(attributes.kind) | (attributes.mode & permission_bits);
    result.st_nlink = attributes.links;
    result.st_size = static_cast<off_t>(attributes.size);
    result.st_blksize = block_bytes;
    result.st_blocks = static_cast<blkcnt_t>((attributes.size + 511) / 512);  // POSIX's unit
    result.st_mtim.tv_sec = attributes.modified;
    result.st_ctim = result.st_atim = result.st_mtim;
    return result;
}

}  // namespace posix
