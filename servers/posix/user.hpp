// User: in whose name processes act, and the files as that one sees them. What a process may do is
// decided by this, whatever it claims.
#pragma once
#include "generated/interfaces/posix.hpp"
#include "lib/base/shared.hpp"
#include "servers/posix/types.hpp"
#include <array>
#include <span>

namespace posix {

using UserNumber = std::uint32_t;
using GroupNumber = std::uint32_t;

class User;
using SharedUser = Shared<User>;

class User {
public:
    static constexpr std::size_t most_groups = 32;
    static constexpr UserNumber superuser = 0;

    // `root` is the superuser's. Errors: bad_argument (too many groups), no_memory, no_handles
    static Result<SharedUser> make(Directory const& root, Credentials const& credentials,
                                   std::span<GroupNumber const> groups);

    Credentials const& credentials() const { return credentials_; }
    std::span<GroupNumber const> groups() const { return std::span{groups_}.first(group_count_); }
    Directory const& root() const { return root_; }
    // Another handle of it, to be passed on. Errors: no_handles
    Result<Directory> copy_of_root() const;

    bool is_superuser() const { return credentials_.effective_user == superuser; }
    bool may_become(Credentials const& wanted) const;
    bool may_signal(User const& target) const;

    // What a program with these set bits and this owner runs as.
    static Credentials running(Credentials before, Attributes const& program);

private:
    User(Credentials const& credentials, std::span<GroupNumber const> groups, Directory root);

    Credentials credentials_;
    std::array<GroupNumber, most_groups> groups_{};
    std::size_t group_count_;
    Directory root_;
};

}  // namespace posix
