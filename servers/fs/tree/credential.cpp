#include "servers/fs/tree/credential.hpp"
#include <algorithm>

namespace fs {

Credential::Credential(std::uint32_t user, std::uint32_t group,
                       std::span<std::uint32_t const> groups)
    : user_{user}, group_{group}, group_count_{std::min(groups.size(), most_groups)}
{
    std::ranges::copy(groups.first(group_count_), groups_.begin());
}

bool Credential::is_in(std::uint32_t group) const
{
    auto const end = groups_.begin() + group_count_;
    return group == group_ || std::find(groups_.begin(), end, group) != end;
}

// The superuser may do everything, but execute only what somebody may execute.
Result<> check_permission(Credential const& who, Ownership const& node, Permissions wanted)
{
    if (who.is_superuser()) [[likely]] {
        bool const is_program =
            node.kind() == Kind::directory || (node.mode & mode::all_execute) != 0;
        return (wanted & may_execute) == 0 || is_program ? Result<>{} : fail(Status::access_denied);
    }
    unsigned const shift = who.user() == node.owner ? 6 : who.is_in(node.group) ? 3 : 0;
    bool const has_all = (unsigned{node.mode} >> shift & wanted) == wanted;
    return has_all ? Result<>{} : fail(Status::access_denied);
}

Result<> check_sticky(Credential const& who, Ownership const& directory, Ownership const& node)
{
    if ((directory.mode & mode::sticky) == 0 || who.owns(node) || who.owns(directory))
        return {};
    return fail(Status::not_permitted);
}

Ownership ownership_of_new(Credential const& who, Ownership const& directory, Mode mode)
{
    Ownership result{who.user(), who.group(), mode};
    if ((directory.mode & mode::set_group) == 0)
        return result;
    result.group = directory.group;
    if (result.kind() == Kind::directory)
        result.mode |= mode::set_group;
    else if ((mode & mode::group_execute) != 0 && !who.is_superuser() && !who.is_in(result.group))
        result.mode &= static_cast<Mode>(~mode::set_group);
    return result;
}

namespace {

Result<> check_mode(Credential const& who, Ownership const& node, AttributeChange& change)
{
    if (!who.owns(node))
        return fail(Status::not_permitted);
    change.mode &= mode::permissions;
    std::uint32_t const group = change.sets_group ? change.group : node.group;
    if (!who.is_superuser() && !who.is_in(group))
        change.mode &= static_cast<Mode>(~mode::set_group);
    return {};
}

Result<> check_owner(Credential const& who, Ownership const& node, AttributeChange const& change)
{
    if (who.is_superuser())
        return {};
    bool const keeps_owner = !change.sets_owner || change.owner == node.owner;
    bool const may_set_group =
        !change.sets_group || change.group == node.group || who.is_in(change.group);
    bool const may = who.user() == node.owner && keeps_owner && may_set_group;
    return may ? Result<>{} : fail(Status::not_permitted);
}

// A program that changes hands runs as nobody's any more.
void drop_set_bits(Ownership const& node, AttributeChange& change)
{
    Mode const mode = change.sets_mode ? change.mode : node.mode;
    if (node.kind() != Kind::file || (mode & (mode::set_user | mode::set_group)) == 0)
        return;
    Mode dropped = mode::set_user;
    if ((mode & mode::group_execute) != 0)
        dropped |= mode::set_group;
    change.sets_mode = true;
    change.mode = static_cast<Mode>(mode & mode::permissions & ~dropped);
}

}  // namespace

Result<> check_change(Credential const& who, Ownership const& node, AttributeChange& change,
                      bool to_chosen_times)
{
    if (change.sets_mode)
        TRY(check_mode(who, node, change));
    if (change.sets_owner || change.sets_group) {
        TRY(check_owner(who, node, change));
        if (!change.sets_mode)
            drop_set_bits(node, change);
    }
    bool const sets_times = change.accessed != nullptr || change.modified != nullptr;
    if (!sets_times || who.owns(node))
        return {};
    if (to_chosen_times)
        return fail(Status::not_permitted);
    return check_permission(who, node, may_write);
}

Mode mode_after_write(Credential const& who, Mode mode)
{
    if (who.is_superuser())
        return mode;
    Mode dropped = mode::set_user;
    if ((mode & mode::group_execute) != 0)
        dropped |= mode::set_group;
    return static_cast<Mode>(mode & ~dropped);
}

}  // namespace fs
