#include "servers/posix/user.hpp"
#include <algorithm>

namespace posix {

User::User(Credentials const& credentials, std::span<GroupNumber const> groups, Directory root)
    : credentials_{credentials}, group_count_{groups.size()}, root_{std::move(root)}
{
    std::ranges::copy(groups, groups_.begin());
}

Result<SharedUser> User::make(Directory const& root, Credentials const& credentials,
                              std::span<GroupNumber const> groups)
{
    if (groups.size() > most_groups)
        return fail(Status::bad_argument);
    auto own_root =
        TRY(root.for_user(credentials.effective_user, credentials.effective_group, groups));
    return SharedUser::make(User{credentials, groups, std::move(own_root)});
}

Result<Directory> User::copy_of_root() const
{
    return Directory{TRY(sys::duplicate(root_.value(), sys::EndpointHandle::passed_rights))};
}

// POSIX, setresuid(): each one of the three that there were.
bool User::may_become(Credentials const& wanted) const
{
    if (is_superuser())
        return true;
    Credentials const& own = credentials_;
    auto const is_own_user = [&own](UserNumber user) {
        return user == own.real_user || user == own.effective_user || user == own.saved_user;
    };
    auto const is_own_group = [&own](GroupNumber group) {
        return group == own.real_group || group == own.effective_group || group == own.saved_group;
    };
    return is_own_user(wanted.real_user) && is_own_user(wanted.effective_user) &&
           is_own_user(wanted.saved_user) && is_own_group(wanted.real_group) &&
           is_own_group(wanted.effective_group) && is_own_group(wanted.saved_group);
}

// POSIX, kill().
bool User::may_signal(User const& target) const
{
    auto const is_targets = [&target](UserNumber user) {
        return user == target.credentials_.real_user || user == target.credentials_.saved_user;
    };
    return is_superuser() || is_targets(credentials_.real_user) ||
           is_targets(credentials_.effective_user);
}

Credentials User::running(Credentials before, Attributes const& program)
{
    constexpr std::uint16_t set_user = 04000;
    constexpr std::uint16_t set_group = 02000;
    constexpr std::uint16_t group_execute = 010;
    if ((program.mode & set_user) != 0)
        before.effective_user = program.owner;
    if ((program.mode & (set_group | group_execute)) == (set_group | group_execute))
        before.effective_group = program.group;
    before.saved_user = before.effective_user;
    before.saved_group = before.effective_group;
    return before;
}

}  // namespace posix
