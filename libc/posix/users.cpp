// Users and groups of the process. The server keeps them; what it has told is kept here.
#include "libc/posix/calls.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/fork_locks.hpp"
#include <array>
#include <optional>
#include <unistd.h>

namespace posix {
namespace {

using Number = std::uint32_t;

constinit Lock lock;
constinit std::optional<Credentials> told;  // guarded by the lock, as a child's copy is

Result<Credentials> credentials()
{
    Lock::Guard guard{lock};
    if (told)
        return *told;
    auto const server = door();
    if (!server)
        return Credentials{};
    told = TRY((*server)->credentials());
    return *told;
}

// A program that is no POSIX process is user 0's, and stays so.
Result<> become(Credentials const& wanted)
{
    auto const* const server = TRY(door());
    auto root = TRY(server->set_credentials(wanted));
    process_files().set_root(std::move(root));
    Lock::Guard guard{lock};
    told = wanted;
    return {};
}

// What setuid() and relatives mean by an argument of -1.
Number chosen(long wanted, Number before)
{
    auto const number = static_cast<Number>(wanted);
    return number == static_cast<Number>(-1) ? before : number;
}

// The three numbers of a user or a group.
struct Three {
    Number real, effective, saved;
};

Three users_of(Credentials const& of) { return {of.real_user, of.effective_user, of.saved_user}; }
Three groups_of(Credentials const& of)
{
    return {of.real_group, of.effective_group, of.saved_group};
}

Credentials with_users(Credentials result, Three const& users)
{
    result.real_user = users.real;
    result.effective_user = users.effective;
    result.saved_user = users.saved;
    return result;
}

Credentials with_groups(Credentials result, Three const& groups)
{
    result.real_group = groups.real;
    result.effective_group = groups.effective;
    result.saved_group = groups.saved;
    return result;
}

Three all_or_effective(Three const& before, bool is_superuser, long wanted)
{
    auto const number = static_cast<Number>(wanted);
    return is_superuser ? Three{number, number, number} : Three{before.real, number, before.saved};
}

// The saved number follows when the real one is set, or the effective one to another than that.
Three real_and_effective(Three const& before, long real, long effective)
{
    Three result{chosen(real, before.real), chosen(effective, before.effective), before.saved};
    if (static_cast<int>(real) != -1 || result.effective != before.real)
        result.saved = result.effective;
    return result;
}

Three each(Three const& before, Arguments const& arguments)
{
    return {chosen(arguments[0], before.real), chosen(arguments[1], before.effective),
            chosen(arguments[2], before.saved)};
}

// Sets what `change` makes of the numbers.
template <class Change>
long set_users(Change const& change)
{
    auto const before = credentials();
    if (!before)
        return -libc::to_errno(before.error());
    return to_return(become(with_users(*before, change(users_of(*before), *before))));
}

template <class Change>
long set_groups_by(Change const& change)
{
    auto const before = credentials();
    if (!before)
        return -libc::to_errno(before.error());
    return to_return(become(with_groups(*before, change(groups_of(*before), *before))));
}

bool is_superuser(Credentials const& of) { return of.effective_user == 0; }

long tell(Three const& numbers, Arguments const& arguments)
{
    *pointer<Number>(arguments[0]) = numbers.real;
    *pointer<Number>(arguments[1]) = numbers.effective;
    *pointer<Number>(arguments[2]) = numbers.saved;
    return 0;
}

template <class Field>
long number(Field Credentials::* field)
{
    auto const found = credentials();
    return found ? static_cast<long>((*found).*field) : -libc::to_errno(found.error());
}

}  // namespace

Lock& users_lock() { return lock; }

bool has_other_real_user()
{
    auto const found = credentials();
    return found && (found->real_user != found->effective_user ||
                     found->real_group != found->effective_group);
}

long user_number() { return number(&Credentials::real_user); }
long effective_user_number() { return number(&Credentials::effective_user); }
long group_number() { return number(&Credentials::real_group); }
long effective_group_number() { return number(&Credentials::effective_group); }

long get_users(Arguments const& arguments)
{
    auto const found = credentials();
    return found ? tell(users_of(*found), arguments) : -libc::to_errno(found.error());
}

long get_groups(Arguments const& arguments)
{
    auto const found = credentials();
    return found ? tell(groups_of(*found), arguments) : -libc::to_errno(found.error());
}

long set_user(Arguments const& arguments)
{
    return set_users([&](Three const& before, Credentials const& all) {
        return all_or_effective(before, is_superuser(all), arguments[0]);
    });
}

long set_real_and_effective_user(Arguments const& arguments)
{
    return set_users([&](Three const& before, Credentials const&) {
        return real_and_effective(before, arguments[0], arguments[1]);
    });
}

long set_all_users(Arguments const& arguments)
{
    return set_users(
        [&](Three const& before, Credentials const&) { return each(before, arguments); });
}

long set_group(Arguments const& arguments)
{
    return set_groups_by([&](Three const& before, Credentials const& all) {
        return all_or_effective(before, is_superuser(all), arguments[0]);
    });
}

long set_real_and_effective_group(Arguments const& arguments)
{
    return set_groups_by([&](Three const& before, Credentials const&) {
        return real_and_effective(before, arguments[0], arguments[1]);
    });
}

long set_all_groups(Arguments const& arguments)
{
    return set_groups_by(
        [&](Three const& before, Credentials const&) { return each(before, arguments); });
}

long get_supplementary_groups(Arguments const& arguments)
{
    auto const server = door();
    if (!server)
        return 0;
    std::array<Number, 32> groups;
    auto const count = (*server)->groups(std::as_writable_bytes(std::span{groups}));
    if (!count)
        return -libc::to_errno(count.error());
    if (arguments[0] == 0)
        return static_cast<long>(*count);
    if (arguments[0] < 0 || *count > groups.size() ||
        static_cast<std::size_t>(arguments[0]) < *count)
        return -EINVAL;
    std::copy_n(groups.begin(), *count, pointer<Number>(arguments[1]));
    return static_cast<long>(*count);
}

long set_supplementary_groups(Arguments const& arguments)
{
    constexpr long most_groups = 32;
    if (arguments[0] < 0 || arguments[0] > most_groups)
        return -EINVAL;
    auto const server = door();
    if (!server)
        return -EPERM;
    auto root = (*server)->set_groups(
        std::span{pointer<Number const>(arguments[1]), static_cast<std::size_t>(arguments[0])});
    if (!root)
        return -libc::to_errno(root.error());
    process_files().set_root(*std::move(root));
    return 0;
}

}  // namespace posix
