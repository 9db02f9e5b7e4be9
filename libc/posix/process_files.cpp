#include "libc/posix/process_files.hpp"
#include "lib/sys/start_info.hpp"
#include "libc/posix/console_file.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/inherit.hpp"
#include "libc/posix/log_file.hpp"
#include "libc/posix/served_file.hpp"
#include "libc/sys/errno.hpp"
#include <cstring>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <new>
#include <unistd.h>

namespace posix {
namespace {

// Never destroyed: other threads may use it until the process has ended.
alignas(ProcessFiles) std::byte storage[sizeof(ProcessFiles)];
pthread_once_t is_created = PTHREAD_ONCE_INIT;

FileReference console_or_log()
{
    if (auto const server = door())
        if (auto terminal = (*server)->open("dev/console", OpenMode::existing, Access::read_write))
            return FileReference{*new ServedFile{std::move(*terminal), O_RDWR}};
    sys::Handle handle{sys::find_grant("console")};
    if (!handle)
        return FileReference{*new LogFile};
    return FileReference{*new ConsoleFile{Console{std::move(handle)}}};
}

}  // namespace

ProcessFiles& create_process_files()
{
    pthread_once(&is_created, [] { created_process_files = new (storage) ProcessFiles; });
    return *created_process_files;
}

ProcessFiles::ProcessFiles() : root_{sys::Handle{sys::find_grant("root")}}
{
    if (auto const* const header = inherited())
        inherit(*header);
    else
        open_console();
}

void ProcessFiles::inherit(InheritedHeader const& header)
{
    mode_mask_ = header.mode_mask;
    if (auto const current = inherit_files(header, table_))
        current_ = *current;
}

void ProcessFiles::open_console()
{
    auto const console = console_or_log();
    for (int const descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        table_.set(descriptor, console, false);
}

Result<Directory const*> ProcessFiles::root(Path const& path) const
{
    bool const is_memory = path.is_below("/dev/shm");
    if ((path.is_below("/dev") && !is_memory) || path.is_below("/proc"))
        if (auto const server = door())
            return *server;
    if (!root_)
        return fail(Status::not_granted);
    return &root_;
}

Path ProcessFiles::current_directory()
{
    Lock::Guard guard{current_lock_};
    return current_;
}

void ProcessFiles::set_current_directory(Path const& path)
{
    Lock::Guard guard{current_lock_};
    current_ = path;
}

Result<Path> ProcessFiles::directory_at(long directory)
{
    if (static_cast<int>(directory) == AT_FDCWD)
        return current_directory();
    auto const file = table_.find(directory);
    if (!file)
        return fail(Status::bad_handle);
    auto const path = file->directory_path();
    if (!path)
        return fail(Status::not_a_directory);
    return Path{}.resolve(*path);
}

Result<Path> ProcessFiles::resolve(long directory, char const* path)
{
    if (path == nullptr)
        return fail(Status::bad_address);
    std::string_view const text{path};
    if (text.size() >= PATH_MAX)
        return fail(Status::name_too_long);
    if (text.starts_with('/'))
        return Path{}.resolve(text);
    auto const start = TRY(directory_at(directory));
    return start.resolve(text);
}

long new_descriptor(Result<FileReference> const& file, bool close_on_exec)
{
    if (!file)
        return -libc::to_errno(file.error());
    int const descriptor = process_files().table().add(*file, close_on_exec);
    return descriptor < 0 ? -EMFILE : descriptor;
}

}  // namespace posix
