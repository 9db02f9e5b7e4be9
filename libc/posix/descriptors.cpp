// open, close, dup, fcntl.
#include "libc/posix/calls.hpp"
#include "libc/posix/descriptor_names.hpp"
#include "libc/posix/directory_file.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/served_file.hpp"
#include <algorithm>
#include <sys/ioctl.h>

namespace posix {
namespace {

OpenMode mode_of_flags(int flags)
{
    bool const empties = (flags & O_TRUNC) != 0;
    if ((flags & O_CREAT) == 0)
        return empties ? OpenMode::empty : OpenMode::existing;
    if ((flags & O_EXCL) != 0)
        return OpenMode::exclusive;
    return empties ? OpenMode::truncate : OpenMode::create;
}

Access access_of_flags(int flags)
{
    switch (flags & O_ACCMODE) {
    case O_WRONLY:
        return Access::write;
    case O_RDWR:
        return Access::read_write;
    default:
        return Access::read;
    }
}

Result<FileReference> open_directory(Path const& path, int flags)
{
    auto const root = TRY(process_files().root(path));
    auto directory =
        TRY(root->open_directory(path.relative(), Access::read, (flags & O_NOFOLLOW) != 0, true));
    return FileReference{*new DirectoryFile{std::move(directory), path, flags}};
}

Result<FileReference> open_served(Path const& path, int flags, mode_t permissions)
{
    auto const root = TRY(process_files().root(path));
    auto file = TRY(root->open(path.relative(), mode_of_flags(flags), access_of_flags(flags),
                               (flags & O_APPEND) != 0, (flags & O_NOFOLLOW) != 0,
                               static_cast<std::uint16_t>(permissions)));
    return FileReference{*new ServedFile{std::move(file), flags}};
}

// System V: a session without a terminal gets the first one that its first process opens.
void take_terminal(Path const& path, OpenFile& file, int flags)
{
    bool const may_be_terminal = path.is_below("/dev/pts") || path.is_below("/dev/console");
    if (may_be_terminal && (flags & O_NOCTTY) == 0)
        (void)file.control(TIOCSCTTY, 0);
}

// Of one that was not to be only read. Files without a name (O_TMPFILE) there are none.
Status directory_error(int flags)
{
    constexpr int nameless = O_TMPFILE & ~O_DIRECTORY;
    if ((flags & nameless) != 0)
        return Status::not_supported;
    return (flags & O_CREAT) != 0 ? Status::bad_argument : Status::is_directory;
}

// Its ends are servers/posix's.
Result<FileReference> open_fifo(Path const& path, int flags)
{
    auto const server = TRY(door());
    bool const non_blocking = (flags & O_NONBLOCK) != 0;
    auto end = TRY(server->open_fifo(path.relative(), access_of_flags(flags), non_blocking));
    FileReference file{*new ServedFile{std::move(end), flags}};
    if (non_blocking)
        TRY(file->set_status_flags(O_NONBLOCK));
    return file;
}

bool may_be_opened_again(OpenFile const& file, int flags)
{
    int const mode = flags & O_ACCMODE;
    return (mode == O_WRONLY || file.can_read()) && (mode == O_RDONLY || file.can_write());
}

Result<FileReference> open(Path const& path, int flags, mode_t permissions)
{
    bool const may_be_directory = (flags & (O_ACCMODE | O_CREAT | O_TRUNC)) == O_RDONLY;
    if ((flags & O_DIRECTORY) != 0)
        return may_be_directory ? open_directory(path, flags) : fail(directory_error(flags));
    auto file = open_served(path, flags, permissions);
    if (!file && file.error() == Status::is_directory && may_be_directory)
        return open_directory(path, flags);
    if (!file && file.error() == Status::not_supported && door())
        return open_fifo(path, flags);
    if (file)
        take_terminal(path, **file, flags);
    else if (auto const own = file_called(path))
        file = may_be_opened_again(*own, flags) ? Result<FileReference>{own}
                                                : fail(Status::access_denied);
    return file;
}

long add_descriptor(FileReference const& file, bool close_on_exec, int lowest = 0)
{
    int const descriptor = process_files().table().add(file, close_on_exec, lowest);
    return descriptor < 0 ? -EMFILE : descriptor;
}

long duplicate_from(OpenFile& file, long lowest, bool close_on_exec)
{
    if (lowest < 0 || lowest >= process_files().table().limit())
        return -EINVAL;
    return add_descriptor(FileReference{file}, close_on_exec, static_cast<int>(lowest));
}

long set_close_on_exec(long descriptor, long flags)
{
    process_files().table().set_close_on_exec(descriptor, (flags & FD_CLOEXEC) != 0);
    return 0;
}

long set_flags(OpenFile& file, long flags)
{
    return to_return(file.set_status_flags(static_cast<int>(flags)));
}

}  // namespace

long open_at(Arguments const& arguments)
{
    auto const flags = static_cast<int>(arguments[2]);
    auto const path = process_files().resolve(arguments[0], pointer<char const>(arguments[1]));
    if (!path)
        return -libc::to_errno(path.error());
    auto const permissions = static_cast<mode_t>(arguments[3]) & ~process_files().mode_mask();
    auto const file = open(*path, flags & ~O_CLOEXEC, permissions & 07777);
    return file ? add_descriptor(*file, (flags & O_CLOEXEC) != 0) : -libc::to_errno(file.error());
}

long create_pipe(Arguments const& arguments)
{
    auto const server = door();
    if (!server)
        return -ENOSYS;
    int const flags = static_cast<int>(arguments[1]);
    if ((flags & ~(O_CLOEXEC | O_NONBLOCK)) != 0)
        return -EINVAL;
    auto ends = (*server)->pipe();
    if (!ends)
        return -libc::to_errno(ends.error());
    FileReference const reader{*new ServedFile{std::move(ends->reader), O_RDONLY}};
    FileReference const writer{*new ServedFile{std::move(ends->writer), O_WRONLY}};
    for (OpenFile* const end : {&*reader, &*writer})
        if ((flags & O_NONBLOCK) != 0)
            (void)end->set_status_flags(O_NONBLOCK);
    long const first = add_descriptor(reader, (flags & O_CLOEXEC) != 0);
    if (first < 0)
        return first;
    long const second = add_descriptor(writer, (flags & O_CLOEXEC) != 0);
    if (second < 0) {
        process_files().table().take(first);
        return second;
    }
    auto* const descriptors = pointer<int>(arguments[0]);
    descriptors[0] = static_cast<int>(first);
    descriptors[1] = static_cast<int>(second);
    return 0;
}

long close(Arguments const& arguments)
{
    auto const file = process_files().table().take(arguments[0]);
    if (!file)
        return -EBADF;
    release_record_locks(*file);
    return 0;
}

long duplicate(Arguments const& arguments)
{
    return with_file(arguments[0], [](OpenFile& file) { return duplicate_from(file, 0, false); });
}

long duplicate_to(Arguments const& arguments)
{
    auto const [from, to, flags, unused4, unused5, unused6] = arguments;
    if (from == to)
        return -EINVAL;
    auto const file = process_files().table().find(from);
    if (!file || to >= process_files().table().limit() ||
        !process_files().table().set(to, file, (flags & O_CLOEXEC) != 0))
        return -EBADF;
    return to;
}

long control(Arguments const& arguments)
{
    auto const [descriptor, command, argument, unused4, unused5, unused6] = arguments;
    auto const file = process_files().table().find(descriptor);
    if (!file)
        return -EBADF;
    switch (command) {
    case F_DUPFD:
        return duplicate_from(*file, argument, false);
    case F_DUPFD_CLOEXEC:
        return duplicate_from(*file, argument, true);
    case F_GETFD:
        return process_files().table().closes_on_exec(descriptor) ? FD_CLOEXEC : 0;
    case F_SETFD:
        return set_close_on_exec(descriptor, argument);
    case F_GETFL:
        return file->flags();
    case F_SETFL:
        return set_flags(*file, argument);
    case F_GETLK:
    case F_SETLK:
    case F_SETLKW:
        return lock_record(*file, command, argument);
    default:
        return -EINVAL;
    }
}

}  // namespace posix
