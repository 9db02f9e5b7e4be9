// flock: a lock of an open file, whoever shares it.
#include "lib/sys/notification.hpp"
#include "libc/posix/calls.hpp"
#include <sys/file.h>

namespace posix {
namespace {

Result<FileLock> kind_of(long operation)
{
    switch (operation & ~long{LOCK_NB}) {
    case LOCK_SH:
        return FileLock::shared;
    case LOCK_EX:
        return FileLock::exclusive;
    case LOCK_UN:
        return FileLock::none;
    default:
        return fail(Status::bad_argument);
    }
}

Result<> lock(OpenFile& file, long operation)
{
    auto const kind = TRY(kind_of(operation));
    Result<> const locked = file.lock(kind, 0);
    bool const waits = (operation & LOCK_NB) == 0;
    if (locked || locked.error() != Status::would_block || !waits)
        return locked;
    auto const freed = TRY(sys::Notification::create());
    for (;;) {
        Result<> const again = file.lock(kind, freed.handle());
        if (again || again.error() != Status::would_block)
            return again;
        TRY(freed.wait());
    }
}

}  // namespace

long lock_file(Arguments const& arguments)
{
    return with_file(arguments[0], [operation = arguments[1]](OpenFile& file) {
        return to_return(lock(file, operation));
    });
}

}  // namespace posix
