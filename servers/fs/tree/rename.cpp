// Moving names.
#include "servers/fs/tree/view.hpp"

namespace fs {

namespace {

Result<> check_slashes(Place const& from, Place const& to, Ownership const& moved)
{
    bool const is_directory = moved.kind() == Kind::directory;
    if (!is_directory && (from.must_be_directory || to.must_be_directory))
        return fail(Status::not_a_directory);
    return {};
}

}  // namespace

Result<> View::rename(std::string_view from, std::string_view to, bool may_replace) const
{
    Walk from_walk{*tree_, *who_, start_};
    Walk to_walk{*tree_, *who_, start_};
    Place const old_place = TRY(from_walk.find_place(from));
    Place const new_place = TRY(to_walk.find_place(to));
    if (old_place.name == "." || new_place.name == ".")
        return fail(Status::bad_argument);
    if (&old_place.directory.system() != &new_place.directory.system())
        return fail(Status::cross_device);

    NodeRef const moved = TRY(removable(old_place));
    Ownership const ownership = moved->ownership;
    TRY(check_slashes(old_place, new_place, ownership));
    TRY(check_may_change(new_place.directory));
    Result<NodeRef> const replaced = tree_->find(new_place.directory, new_place.name);
    if (!replaced && replaced.error() != Status::not_found)
        return fail(replaced.error());
    if (replaced && !may_replace)
        return fail(Status::already_exists);
    if (replaced)
        TRY(removable(new_place));
    if (to_walk.stack().contains(Tree::key_of(moved)))
        return fail(Status::bad_argument);  // a directory into itself
    bool const changes_parent = !(old_place.directory == new_place.directory);
    if (changes_parent && ownership.kind() == Kind::directory)
        TRY(check_permission(*who_, ownership, may_write));  // its ".." changes

    tree_->forget(old_place.directory, old_place.name);
    tree_->forget(new_place.directory, new_place.name);
    return moved.system().rename(*old_place.directory, old_place.name, *new_place.directory,
                                 new_place.name);
}

}  // namespace fs
