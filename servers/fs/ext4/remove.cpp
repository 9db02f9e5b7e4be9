// Removing files and directories.
#include "servers/fs/ext4/directory.hpp"
#include "servers/fs/ext4/namespace.hpp"
#include "servers/fs/ext4/orphan.hpp"
#include "servers/fs/ext4/volume.hpp"

namespace ext4 {

namespace {

// The inode has lost its last name. The caller's reference is one; are there more?
Result<> lose_last_name(Volume& volume, Inode& inode)
{
    inode.raw.links = 0;
    if (inode.references > 1)
        return add_orphan(volume, inode);
    return store_inode(volume, inode);
}

}  // namespace

Result<> check_can_add_link(Volume& volume, Inode const& directory)
{
    bool const may_stop_counting =
        (volume.geometry().read_only_compatible & read_only_compatible::many_links) != 0;
    if (directory.raw.links >= most_links && !may_stop_counting)
        return fail(Status::no_space);
    return {};
}

void add_link(Inode& directory)
{
    if (directory.raw.links >= most_links)
        directory.raw.links = 1;
    else if (directory.raw.links != 1)
        ++directory.raw.links;
}

void drop_link(Inode& inode)
{
    bool const is_directory = inode.kind() == Kind::directory;
    if (inode.raw.links > (is_directory ? 2 : 0))
        --inode.raw.links;
}

Result<> drop_name(Volume& volume, Inode& directory, Inode& inode)
{
    inode.set_times(volume.now(), false);
    if (inode.kind() == Kind::directory) {
        drop_link(directory);
        TRY(store_inode(volume, directory));
        return lose_last_name(volume, inode);
    }
    if (inode.raw.links <= 1)
        return lose_last_name(volume, inode);
    drop_link(inode);
    return store_inode(volume, inode);
}

Result<> remove_file(Volume& volume, Place const& place)
{
    TRY(volume.begin_change());
    TRY(check_name(place.name));
    FoundEntry const found = TRY(find_entry(volume, place.directory, place.name));
    InodeRef const inode = TRY(volume.inodes().get(found.entry.inode));
    if (inode->kind() == Kind::directory)
        return fail(Status::is_directory);
    if (inode->has(disk::Inode::flag_immutable))
        return fail(Status::read_only);
    TRY(remove_entry(volume, place.directory, found));
    return drop_name(volume, place.directory, *inode);
}

Result<> remove_directory(Volume& volume, Place const& place)
{
    TRY(volume.begin_change());
    TRY(check_name(place.name));
    FoundEntry const found = TRY(find_entry(volume, place.directory, place.name));
    InodeRef const inode = TRY(volume.inodes().get(found.entry.inode));
    if (inode->kind() != Kind::directory)
        return fail(Status::not_a_directory);
    bool const is_empty = TRY(is_empty_directory(volume, *inode));
    if (!is_empty)
        return fail(Status::not_empty);
    TRY(remove_entry(volume, place.directory, found));
    return drop_name(volume, place.directory, *inode);
}

}  // namespace ext4
