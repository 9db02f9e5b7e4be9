// Opening files, which may make them; and what is asked and changed of what is found.
#include "servers/fs/tree/content.hpp"
#include "servers/fs/tree/view.hpp"

namespace fs {

namespace {

Permissions wanted_by(Opening const& opening)
{
    return (opening.wants_read ? may_read : 0) |
           (opening.wants_write || opening.empties ? may_write : 0) |
           (opening.wants_execute ? may_execute : 0);
}

Result<> check_kind(Kind kind)
{
    if (kind == Kind::directory)
        return fail(Status::is_directory);
    return kind == Kind::file ? Result<>{} : fail(Status::not_supported);
}

}  // namespace

Result<NodeRef> View::open_or_make(std::string_view path, Opening const& opening,
                                   bool& is_new) const
{
    Walk walk{*tree_, *who_, start_};
    bool const must_be_new = opening.existing == Opening::Existing::refused;
    bool const follows = opening.follows_links && !must_be_new;
    Place const place = TRY(follows ? walk.find_place_behind_links(path) : walk.find_place(path));
    if (place.name == ".")
        return must_be_new ? Result<NodeRef>{fail(Status::already_exists)}
                           : place.directory.share();
    bool const must_be_directory = place.must_be_directory || path.ends_with('/');
    if (!must_be_new) {
        Result<NodeRef> found = tree_->find(place.directory, place.name);
        if (found && must_be_directory && (*found)->kind() != Kind::directory)
            return fail(Status::not_a_directory);
        if (found || found.error() != Status::not_found)
            return found;
    }
    if (must_be_directory)
        return fail(Status::is_directory);
    is_new = true;
    return make_at(place, static_cast<Mode>(mode::of(Kind::file) | opening.mode));
}

Result<Opened> View::open(std::string_view path, Opening const& opening) const
{
    bool is_new = false;
    NodeRef node = TRY(opening.existing == Opening::Existing::needed
                           ? find(path, opening.follows_links ? LastLink::follow : LastLink::keep)
                           : open_or_make(path, opening, is_new));
    Ownership const& ownership = node->ownership;
    if (ownership.kind() == Kind::symbolic_link)
        return fail(Status::link_loop);
    TRY(check_kind(ownership.kind()));

    // Who makes a file may use it as he says, whatever its mode is.
    if (!is_new)
        TRY(check_permission(*who_, ownership, wanted_by(opening)));
    if (opening.wants_write && node.system().is_read_only())
        return fail(Status::read_only);
    if (!is_new && opening.empties && node.system().attributes(*node).size != 0)
        TRY(truncate_content(node, 0));

    if (!opening.takes_what_it_may)
        return Opened{std::move(node), opening.wants_read || opening.wants_execute,
                      opening.wants_write};
    bool const may_read_it = is_new || check_permission(*who_, ownership, may_read);
    bool const may_write_it = is_new || check_permission(*who_, ownership, may_write);
    if (!may_read_it && !may_write_it)
        return fail(Status::access_denied);
    return Opened{std::move(node), may_read_it, may_write_it};
}

Result<> View::change(NodeRef const& node, AttributeChange change, bool to_chosen_times) const
{
    TRY(check_change(*who_, node->ownership, change, to_chosen_times));
    return node.system().change(*node, change);
}

Result<> View::check(NodeRef const& node, Permissions wanted) const
{
    if ((wanted & may_write) != 0 && node.system().is_read_only())
        return fail(Status::read_only);
    return check_permission(*who_, node->ownership, wanted);
}

}  // namespace fs
