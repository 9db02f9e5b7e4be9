// open, close, dup, fcntl.
#include "libc/posix/calls.hpp"
#include "libc/posix/directory_file.hpp"
#include "libc/posix/regular_file.hpp"

namespace posix {
namespace {

OpenMode mode_of_flags(int flags)
{
    if ((flags & O_CREAT) == 0)
        return OpenMode::existing;
    if ((flags & O_EXCL) != 0)
        return OpenMode::exclusive;
    return (flags & O_TRUNC) != 0 ? OpenMode::truncate : OpenMode::create;
}

Result<FileReference> open_directory(Path const& path, int flags)
{
    auto const root = TRY(process_files().root());
    auto directory = TRY(root->open_directory(path.relative()));
    return FileReference{*new DirectoryFile{std::move(directory), path, flags}};
}

Result<FileReference> open_regular(Path const& path, int flags)
{
    auto const root = TRY(process_files().root());
    auto file = TRY(root->open(path.relative(), mode_of_flags(flags)));
    if ((flags & O_TRUNC) != 0 && (flags & O_CREAT) == 0)
        TRY(file.truncate(0));
    return FileReference{*new RegularFile{std::move(file), flags}};
}

Result<FileReference> open(Path const& path, int flags)
{
    bool const may_be_directory = (flags & (O_ACCMODE | O_CREAT | O_TRUNC)) == O_RDONLY;
    if ((flags & O_DIRECTORY) != 0)
        return may_be_directory ? open_directory(path, flags) : fail(Status::is_directory);
    auto file = open_regular(path, flags);
    if (!file && file.error() == Status::is_directory && may_be_directory)
        return open_directory(path, flags);
    return file;
}

long add_descriptor(FileReference const& file, bool close_on_exec, int lowest = 0)
{
    int const descriptor = process_files().table().add(file, close_on_exec, lowest);
    return descriptor < 0 ? -EMFILE : descriptor;
}

long duplicate_from(OpenFile& file, long lowest, bool close_on_exec)
{
    if (lowest < 0 || lowest >= FileTable::capacity)
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
    file.set_append((flags & O_APPEND) != 0);
    return 0;
}

}  // namespace

long open_at(Arguments const& arguments)
{
    auto const flags = static_cast<int>(arguments[2]);
    auto const path = process_files().resolve(arguments[0], pointer<char const>(arguments[1]));
    if (!path)
        return -libc::to_errno(path.error());
    auto const file = open(*path, flags);
    return file ? add_descriptor(*file, (flags & O_CLOEXEC) != 0) : -libc::to_errno(file.error());
}

long close(Arguments const& arguments)
{
    return process_files().table().remove(arguments[0]) ? 0 : -EBADF;
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
    if (!file || !process_files().table().set(to, file, (flags & O_CLOEXEC) != 0))
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
    default:
        return -EINVAL;
    }
}

}  // namespace posix
