#include "servers/fs/attributes.hpp"

Kind kind_of(ext4::Kind kind)
{
    switch (kind) {
    case ext4::Kind::file:
        return Kind::file;
    case ext4::Kind::directory:
        return Kind::directory;
    case ext4::Kind::symbolic_link:
        return Kind::symbolic_link;
    case ext4::Kind::other:
        break;
    }
    return Kind::other;
}

Attributes attributes_of(ext4::Inode const& inode)
{
    constexpr std::uint16_t permissions = 07777;
    return {.inode = inode.number,
            .size = inode.size(),
            .modified = inode.modified().seconds,
            .mode = static_cast<std::uint16_t>(inode.raw.mode & permissions),
            .kind = kind_of(inode.kind()),
            .links = inode.raw.links};
}
