// Fifos: pipes that are found by a name of the file server's.
#include "servers/posix/pipe.hpp"
#include "servers/posix/process.hpp"
#include <algorithm>

namespace posix {
namespace {

// Who may use a file, by its mode.
bool may_use(User const& user, Attributes const& file, Access access)
{
    constexpr unsigned reading = 4;
    constexpr unsigned writing = 2;
    unsigned const wanted =
        (access == Access::write ? 0 : reading) | (access == Access::read ? 0 : writing);
    Credentials const& own = user.credentials();
    bool const is_in_group = own.effective_group == file.group ||
                             std::ranges::find(user.groups(), file.group) != user.groups().end();
    unsigned const shift = own.effective_user == file.owner ? 6 : is_in_group ? 3 : 0;
    return user.is_superuser() || (file.mode >> shift & wanted) == wanted;
}

}  // namespace

// One look at the file says which it is and who may use it: in between it cannot become another.
Result<File> Process::open_fifo(std::string_view path, Access access, bool non_blocking)
{
    if (access != Access::read && access != Access::write)
        return fail(Status::not_supported);
    Attributes const found = TRY(user_->root().attributes(path));
    if (found.kind != Kind::fifo)
        return fail(Status::bad_argument);
    if (!may_use(*user_, found, access))
        return fail(Status::access_denied);
    return Pipe::open({service_, found.volume, found.inode, number_, non_blocking}, access);
}

}  // namespace posix
