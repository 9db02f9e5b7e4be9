// Renaming. The new name is on the disk before the old one goes, so a crash leaves at least one.
#include "servers/fs/ext4/directory.hpp"
#include "servers/fs/ext4/namespace.hpp"
#include "servers/fs/ext4/volume.hpp"

namespace ext4 {

namespace {

struct Move {
    Volume& volume;
    Place const& from;
    Place const& to;
    InodeRef inode;
    InodeRef replaced;  // none: the name is free

    bool of_directory() const { return inode->kind() == Kind::directory; }
    bool changes_parent() const { return from.directory.number != to.directory.number; }
};

Result<> check_replaced(Move const& move)
{
    bool const is_directory = move.replaced->kind() == Kind::directory;
    if (is_directory && !move.of_directory())
        return fail(Status::is_directory);
    if (!is_directory && move.of_directory())
        return fail(Status::not_a_directory);
    if (!is_directory)
        return {};
    bool const is_empty = TRY(is_empty_directory(move.volume, *move.replaced));
    return is_empty ? Result<>{} : fail(Status::not_empty);
}

Result<> check(Move const& move)
{
    if (move.replaced)
        return check_replaced(move);
    if (move.of_directory() && move.changes_parent())
        return check_can_add_link(move.volume, move.to.directory);
    return {};
}

// What is replaced may be old and durable; what replaces it must not be less so.
Result<> redirect(Move const& move)
{
    TRY(move.volume.blocks().cache().sync());
    FoundEntry const target = TRY(find_entry(move.volume, move.to.directory, move.to.name));
    redirect_entry(move.volume, move.to.directory, target, move.inode->number,
                   entry_kind(move.volume, *move.inode));
    return {};
}

Result<> add_new_name(Move const& move)
{
    if (move.replaced)
        TRY(redirect(move));
    else
        TRY(add_entry(move.volume, move.to.directory, move.to.name, move.inode->number,
                      entry_kind(move.volume, *move.inode)));
    FoundEntry const added = TRY(find_entry(move.volume, move.to.directory, move.to.name));
    return move.volume.blocks().cache().write_now(added.block.block().page());
}

// The directory's ".." and the links that count it.
Result<> change_parent(Move const& move)
{
    FoundEntry const up = TRY(find_entry(move.volume, *move.inode, ".."));
    Inode& new_parent = move.to.directory;
    redirect_entry(move.volume, *move.inode, up, new_parent.number,
                   entry_kind(move.volume, new_parent));
    drop_link(move.from.directory);
    TRY(store_inode(move.volume, move.from.directory));
    add_link(new_parent);
    return store_inode(move.volume, new_parent);
}

Result<> perform(Move const& move)
{
    TRY(add_new_name(move));
    // The old entry may have been moved by the new one, if both are in one directory.
    FoundEntry const old = TRY(find_entry(move.volume, move.from.directory, move.from.name));
    TRY(remove_entry(move.volume, move.from.directory, old));
    if (move.of_directory() && move.changes_parent())
        TRY(change_parent(move));
    if (move.replaced)
        TRY(drop_name(move.volume, move.to.directory, *move.replaced));
    move.inode->set_times(move.volume.now(), false);
    return store_inode(move.volume, *move.inode);
}

Result<InodeRef> at(Volume& volume, Place const& place)
{
    TRY(check_name(place.name));
    InodeNumber const number = TRY(find_entry(volume, place.directory, place.name)).entry.inode;
    return volume.inodes().get(number);
}

}  // namespace

Result<> rename(Volume& volume, Place const& from, Place const& to)
{
    TRY(volume.begin_change());
    TRY(check_name(to.name));
    if (to.directory.raw.links == 0)
        return fail(Status::not_found);  // it was removed, and is only still open
    Move move{volume, from, to, TRY(at(volume, from)), {}};
    Result<InodeRef> replaced = at(volume, to);
    if (!replaced && replaced.error() != Status::not_found)
        return fail(replaced.error());
    if (replaced)
        move.replaced = std::move(*replaced);
    if (move.replaced && move.replaced->number == move.inode->number)
        return {};  // two names of one file, or twice the same: nothing to do
    TRY(check(move));
    return perform(move);
}

}  // namespace ext4
