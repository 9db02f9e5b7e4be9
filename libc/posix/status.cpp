// What files, volumes and the system say about themselves.
#include "libc/posix/attributes.hpp"
#include "libc/posix/calls.hpp"
#include "libc/posix/descriptor_names.hpp"
#include "libc/posix/door.hpp"
#include <limits.h>
#include <string.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace posix {
namespace {

Result<> put_attributes(Path const& path, bool no_follow, struct stat& found)
{
    auto const root = TRY(process_files().root(path));
    auto const attributes = root->attributes(path.relative(), no_follow);
    if (attributes)
        found = to_stat(*attributes);
    else if (auto const own = file_called(path))
        found = TRY(own->attributes());
    else
        return fail(attributes.error());
    return {};
}

// As the real user, or else as the effective one.
Result<> check_access(Arguments const& arguments, bool as_real_user, bool no_follow)
{
    auto const path = TRY(process_files().resolve(arguments[0], pointer<char const>(arguments[1])));
    auto const wanted = static_cast<std::uint16_t>(arguments[2]);
    if (!as_real_user || !has_other_real_user()) {
        auto const root = TRY(process_files().root(path));
        auto const checked = root->check(path.relative(), wanted, no_follow);
        return !checked && file_called(path) ? Result<>{} : checked;
    }
    auto const server = TRY(door());
    auto const root = TRY(server->real_root());
    return root.check(path.relative(), wanted, no_follow);
}

Result<> truncate(char const* name, long size)
{
    auto const path = TRY(process_files().resolve(AT_FDCWD, name));
    auto const root = TRY(process_files().root(path));
    auto const file = TRY(root->open(path.relative(), OpenMode::existing, Access::write));
    return file.truncate(static_cast<std::uint64_t>(size));
}

Result<struct statfs> volume(Path const& path, std::uint32_t number)
{
    auto const root = TRY(process_files().root(path));
    auto const info = TRY(root->volume(path.relative(), number));
    struct statfs result{};
    result.f_type = info.type;
    result.f_flags = info.read_only ? ST_RDONLY : 0;
    result.f_bsize = result.f_frsize = info.block_size;
    result.f_blocks = info.block_count;
    result.f_bfree = result.f_bavail = info.free_blocks;
    result.f_files = info.inode_count;
    result.f_ffree = info.free_inodes;
    result.f_namelen = NAME_MAX;
    return result;
}

Result<> sync_volume()
{
    auto const root = TRY(process_files().root());
    return root->sync();
}

// Leaves a value where the caller wants it.
template <class T>
long put(Result<T> const& result, long address)
{
    if (!result)
        return -libc::to_errno(result.error());
    *pointer<T>(address) = *result;
    return 0;
}

}  // namespace

long attributes_at(Arguments const& arguments)
{
    auto const [directory, name, buffer, flags, unused5, unused6] = arguments;
    if ((flags & ~long{AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT}) != 0)
        return -EINVAL;
    if ((flags & AT_EMPTY_PATH) != 0 && *pointer<char const>(name) == 0)
        return attributes_of_open({directory, buffer});
    bool const no_follow = (flags & AT_SYMLINK_NOFOLLOW) != 0;
    auto const path = process_files().resolve(directory, pointer<char const>(name));
    if (!path)
        return -libc::to_errno(path.error());
    return to_return(put_attributes(*path, no_follow, *pointer<struct stat>(buffer)));
}

long attributes_of_open(Arguments const& arguments)
{
    return with_file(arguments[0],
                     [&arguments](OpenFile& file) { return put(file.attributes(), arguments[1]); });
}

long check_access_at(Arguments const& arguments, long flags)
{
    constexpr long all = R_OK | W_OK | X_OK;
    if ((arguments[2] & ~all) != 0 || (flags & ~long{AT_EACCESS | AT_SYMLINK_NOFOLLOW}) != 0)
        return -EINVAL;
    bool const no_follow = (flags & AT_SYMLINK_NOFOLLOW) != 0;
    return to_return(check_access(arguments, (flags & AT_EACCESS) == 0, no_follow));
}

long truncate(Arguments const& arguments)
{
    if (arguments[1] < 0)
        return -EINVAL;
    return to_return(truncate(pointer<char const>(arguments[0]), arguments[1]));
}

long truncate_open(Arguments const& arguments)
{
    long const size = arguments[1];
    return with_file(arguments[0], [size](OpenFile& file) -> long {
        if (size < 0 || !file.can_write())
            return -EINVAL;
        return to_return(file.truncate(static_cast<std::uint64_t>(size)));
    });
}

long sync_open(Arguments const& arguments)
{
    return with_file(arguments[0], [](OpenFile& file) { return to_return(file.sync()); });
}

long sync_all() { return to_return(sync_volume()); }

long volume_status(Arguments const& arguments)
{
    auto const path = process_files().resolve(AT_FDCWD, pointer<char const>(arguments[0]));
    if (!path)
        return -libc::to_errno(path.error());
    return put(volume(*path, 0), arguments[1]);
}

// What is on no volume, such as a pipe, has none to tell of.
long volume_status_of_open(Arguments const& arguments)
{
    return with_file(arguments[0], [&arguments](OpenFile& file) -> long {
        auto const attributes = file.attributes();
        if (!attributes)
            return -libc::to_errno(attributes.error());
        auto const number = static_cast<std::uint32_t>(attributes->st_dev);
        return number == 0 ? -ENOSYS : put(volume(Path{}, number), arguments[1]);
    });
}

long system_name(Arguments const& arguments)
{
    utsname name{};
    strcpy(name.sysname, "Baton");
    strcpy(name.nodename, "baton");
    strcpy(name.release, "0");
    strcpy(name.version, "0");
    strcpy(name.machine, "riscv64");
    *pointer<utsname>(arguments[0]) = name;
    return 0;
}

long set_mode_mask(Arguments const& arguments)
{
    constexpr mode_t permission_bits = 0777;
    return process_files().set_mode_mask(static_cast<mode_t>(arguments[0]) & permission_bits);
}

}  // namespace posix
