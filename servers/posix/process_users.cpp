// In whose name a process acts.
#include "servers/posix/process.hpp"
#include <algorithm>

namespace posix {

Result<Credentials> Process::credentials() { return user_->credentials(); }

Result<Directory> Process::become_user(Credentials const& credentials,
                                       std::span<GroupNumber const> groups)
{
    auto user = TRY(User::make(service_.root, credentials, groups));
    auto root = TRY(user->copy_of_root());
    user_ = std::move(user);
    return root;
}

Result<Directory> Process::set_credentials(Credentials const& wanted)
{
    Credentials const copy = wanted;  // the message is gone when the file server is called
    if (!user_->may_become(copy))
        return fail(Status::not_permitted);
    return become_user(copy, user_->groups());
}

Result<std::uint32_t> Process::groups(sys::LeaseOut buffer)
{
    auto const bytes = std::as_bytes(user_->groups());
    if (buffer.size() < bytes.size())
        return fail(Status::too_large);
    TRY(buffer.write(0, bytes));
    return static_cast<std::uint32_t>(user_->groups().size());
}

Result<Directory> Process::set_groups(codec::List<std::uint32_t> groups)
{
    if (!user_->is_superuser())
        return fail(Status::not_permitted);
    if (groups.size() > User::most_groups)
        return fail(Status::bad_argument);
    std::array<GroupNumber, User::most_groups> copy{};
    std::size_t count = 0;
    for (GroupNumber const group : groups)
        copy[count++] = group;
    return become_user(user_->credentials(), std::span{copy}.first(count));
}

Result<Directory> Process::real_root()
{
    Credentials credentials = user_->credentials();
    credentials.effective_user = credentials.real_user;
    credentials.effective_group = credentials.real_group;
    auto const user = TRY(User::make(service_.root, credentials, user_->groups()));
    return user->copy_of_root();
}

}  // namespace posix
