// Making and removing names.
#include "servers/fs/tree/view.hpp"

namespace fs {

namespace {

// The path ends in the directory that it goes through, or in its start.
bool is_unnamed(Place const& place) { return place.name == "."; }

}  // namespace

Result<> View::check_may_change(NodeRef const& directory) const
{
    return check_permission(*who_, directory->ownership, may_write | may_search);
}

Result<NodeRef> View::make_at(Place const& place, Mode mode) const
{
    if (is_unnamed(place))
        return fail(Status::already_exists);
    // What is there is told before what is not allowed.
    Result<NodeRef> const found = tree_->find(place.directory, place.name);
    if (found)
        return fail(Status::already_exists);
    if (found.error() != Status::not_found)
        return fail(found.error());
    TRY(check_may_change(place.directory));
    Ownership const& ownership = ownership_of_new(*who_, place.directory->ownership, mode);
    return place.directory.system().make(*place.directory, place.name, ownership);
}

Result<> View::make(std::string_view path, Mode mode) const
{
    Walk walk{*tree_, *who_, start_};
    Place const place = TRY(walk.find_place(path));
    if (place.must_be_directory && mode::kind_of(mode) != Kind::directory)
        return fail(Status::not_found);
    TRY(make_at(place, mode));
    return {};
}

Result<> View::make_link(std::string_view path, std::string_view target) const
{
    constexpr Mode mode = mode::of(Kind::symbolic_link) | 0777;
    Walk walk{*tree_, *who_, start_};
    Place const place = TRY(walk.find_place(path));
    if (is_unnamed(place))
        return fail(Status::already_exists);
    if (place.must_be_directory)
        return fail(Status::not_found);
    Ownership const& parent = place.directory->ownership;
    TRY(check_permission(*who_, parent, may_write | may_search));
    return place.directory.system().make_link(*place.directory, place.name, target,
                                              ownership_of_new(*who_, parent, mode));
}

// Not of what a user could not use anyway: a name of somebody's program keeps it beyond its
// removal.
Result<> View::link(std::string_view from, std::string_view to, LastLink last) const
{
    NodeRef const node = TRY(find(from, last));
    Walk walk{*tree_, *who_, start_};
    Place const place = TRY(walk.find_place(to));
    Ownership const& linked = node->ownership;
    if (linked.kind() == Kind::directory)
        return fail(Status::not_permitted);
    if (is_unnamed(place))
        return fail(Status::already_exists);
    if (place.must_be_directory)
        return fail(Status::not_found);
    if (&node.system() != &place.directory.system())
        return fail(Status::cross_device);
    TRY(check_may_change(place.directory));
    bool const may_use =
        who_->owns(linked) || (check_permission(*who_, linked, may_read | may_write) &&
                               (linked.mode & (mode::set_user | mode::set_group)) == 0);
    if (!may_use)
        return fail(Status::not_permitted);
    return place.directory.system().link(*place.directory, place.name, *node);
}

// What stands at a place whose name is to go.
Result<NodeRef> View::removable(Place const& place) const
{
    NodeRef node = TRY(tree_->find(place.directory, place.name));
    Ownership const& directory = place.directory->ownership;
    TRY(check_permission(*who_, directory, may_write | may_search));
    TRY(check_sticky(*who_, directory, node->ownership));
    if (&node.system() != &place.directory.system())
        return fail(Status::busy);  // something is mounted there
    return node;
}

Result<> View::remove(std::string_view path) const
{
    Walk walk{*tree_, *who_, start_};
    Place const place = TRY(walk.find_place(path));
    if (is_unnamed(place))
        return fail(Status::is_directory);
    NodeRef const node = TRY(removable(place));
    bool const is_directory = node->kind() == Kind::directory;
    if (is_directory)
        return fail(Status::is_directory);
    if (place.must_be_directory)
        return fail(Status::not_a_directory);
    tree_->forget(place.directory, place.name);
    return place.directory.system().remove(*place.directory, place.name);
}

Result<> View::remove_directory(std::string_view path) const
{
    Walk walk{*tree_, *who_, start_};
    Place const place = TRY(walk.find_place(path));
    if (is_unnamed(place))
        return fail(path.ends_with("..")  ? Status::not_empty
                    : path.ends_with('.') ? Status::bad_argument
                                          : Status::busy);
    NodeRef const node = TRY(removable(place));
    if (walk.stack().contains(Tree::key_of(node)))
        return fail(Status::corrupt);  // an entry that leads to its own ancestor
    tree_->forget(place.directory, place.name);
    return place.directory.system().remove_directory(*place.directory, place.name);
}

}  // namespace fs
