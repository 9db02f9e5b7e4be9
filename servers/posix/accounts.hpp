// Who pays for processes. The superuser's draw on all the memory that there is for processes. All
// other users' together can draw on a part of it, and each user's on a part of that: so whatever
// one of them does, there is something left for the others, and for the superuser to end it with.
#pragma once
#include "lib/base/shared.hpp"
#include "lib/sys/syscalls.hpp"
#include "servers/posix/user.hpp"

namespace posix {

// The process of this handle never runs: it is a quota.
struct Account {
    UserNumber user = User::superuser;
    std::uint64_t bytes = 0;
    sys::Handle process;
};
using SharedAccount = Shared<Account>;

class Accounts {
public:
    // Errors: no_memory, no_handles
    static Result<Accounts> create(std::uint64_t bytes);

    SharedAccount const& of_superuser() const { return all_; }
    // A new one; a user is to have one only. Errors: no_memory, no_handles
    Result<SharedAccount> make(UserNumber user) const;

    // Whether a process more that `account` pays for has room to do something, and leaves some to
    // those that are there: one that finds no page when it needs one is ended.
    bool has_room_for_process(Account const& account) const;

private:
    Accounts(SharedAccount all, SharedAccount users)
        : all_{std::move(all)}, users_{std::move(users)}
    {
    }

    SharedAccount all_;
    SharedAccount users_;
};

}  // namespace posix
