// fcntl()'s record locks, which servers/posix keeps.
#include "libc/posix/calls.hpp"
#include "libc/posix/door.hpp"
#include <atomic>
#include <limits>
#include <utility>

namespace posix {
namespace {

constexpr std::uint64_t last_byte = std::numeric_limits<off_t>::max();

// Since when closing a file may have to release something.
constinit std::atomic<bool> has_locked = false;

// Where the range of a flock structure begins, before its length is looked at.
Result<std::int64_t> origin_of(OpenFile& file, struct stat const& status, int whence)
{
    switch (whence) {
    case SEEK_SET:
        return 0;
    case SEEK_CUR:
        return static_cast<std::int64_t>(TRY(file.seek(0, SEEK_CUR)));
    case SEEK_END:
        return status.st_size;
    default:
        return fail(Status::bad_argument);
    }
}

Result<RecordLock> to_record(OpenFile& file, struct flock const& lock)
{
    auto const status = TRY(file.attributes());
    if (status.st_dev == 0)
        return fail(Status::bad_argument);  // there is nothing to know it by
    std::int64_t start = 0;
    std::int64_t end = 0;
    auto const origin = TRY(origin_of(file, status, lock.l_whence));
    if (__builtin_add_overflow(origin, lock.l_start, &start) ||
        __builtin_add_overflow(start, lock.l_len, &end))
        return fail(Status::bad_argument);
    if (lock.l_len < 0)
        std::swap(start, end);
    if (start < 0)
        return fail(Status::bad_argument);
    return RecordLock{.volume = static_cast<std::uint32_t>(status.st_dev),
                      .exclusive = lock.l_type == F_WRLCK,
                      .inode = status.st_ino,
                      .start = static_cast<std::uint64_t>(start),
                      .last = lock.l_len == 0 ? last_byte : static_cast<std::uint64_t>(end - 1)};
}

void tell_obstacle(RecordLock const& found, struct flock& lock)
{
    if (found.process == 0) {
        lock.l_type = F_UNLCK;
        return;
    }
    lock.l_type = found.exclusive ? F_WRLCK : F_RDLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = static_cast<off_t>(found.start);
    lock.l_len = found.last == last_byte ? 0 : static_cast<off_t>(found.last - found.start + 1);
    lock.l_pid = found.process;
}

Result<> change(Posix const& server, struct flock const& lock, RecordLock const& record, bool waits)
{
    if (lock.l_type == F_UNLCK)
        return server.unlock_record(record);
    has_locked = true;
    return server.lock_record(record, waits);
}

bool is_allowed(OpenFile const& file, short type)
{
    return type == F_UNLCK || (type == F_RDLCK ? file.can_read() : file.can_write());
}

}  // namespace

// Command: F_GETLK, F_SETLK or F_SETLKW.
long lock_record(OpenFile& file, long command, long argument)
{
    auto& lock = *pointer<struct flock>(argument);
    if (lock.l_type != F_RDLCK && lock.l_type != F_WRLCK && lock.l_type != F_UNLCK)
        return -EINVAL;
    auto const server = door();
    if (!server)
        return -ENOLCK;
    auto const record = to_record(file, lock);
    if (!record)
        return -libc::to_errno(record.error());
    if (command == F_GETLK) {
        auto const found = (*server)->record_obstacle(*record);
        if (found)
            tell_obstacle(*found, lock);
        return found ? 0 : -libc::to_errno(found.error());
    }
    if (!is_allowed(file, lock.l_type))
        return -EBADF;
    auto const changed = change(**server, lock, *record, command == F_SETLKW);
    bool const are_too_many = !changed && changed.error() == Status::no_memory;
    return are_too_many ? -ENOLCK : to_return(changed);
}

// POSIX: whatever descriptor of the file is closed.
void release_record_locks(OpenFile& file)
{
    if (!has_locked || !file.has_position())
        return;
    auto const server = door();
    auto const status = file.attributes();
    if (server && status && status->st_dev != 0)
        (void)(*server)->release_records(static_cast<std::uint32_t>(status->st_dev),
                                         status->st_ino);
}

}  // namespace posix
