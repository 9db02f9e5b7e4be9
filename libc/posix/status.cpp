// What files, volumes and the system say about themselves.
#include "libc/posix/attributes.hpp"
#include "libc/posix/calls.hpp"
#include <limits.h>
#include <string.h>
#include <sys/statfs.h>
#include <sys/utsname.h>

namespace posix {
namespace {

Result<struct stat> attributes(long directory, char const* name)
{
    auto const path = TRY(process_files().resolve(directory, name));
    auto const root = TRY(process_files().root());
    auto const attributes = TRY(root->attributes(path.relative()));
    return to_stat(attributes);
}

Result<> truncate(char const* name, long size)
{
    auto const path = TRY(process_files().resolve(AT_FDCWD, name));
    auto const root = TRY(process_files().root());
    auto const file = TRY(root->open(path.relative(), OpenMode::existing));
    return file.truncate(static_cast<std::uint64_t>(size));
}

Result<struct statfs> volume()
{
    auto const root = TRY(process_files().root());
    auto const info = TRY(root->volume());
    struct statfs result{};
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
    if ((flags & AT_EMPTY_PATH) != 0 && *pointer<char const>(name) == 0)
        return attributes_of_open({directory, buffer});
    return put(attributes(directory, pointer<char const>(name)), buffer);
}

long attributes_of_open(Arguments const& arguments)
{
    return with_file(arguments[0],
                     [&arguments](OpenFile& file) { return put(file.attributes(), arguments[1]); });
}

// There are no users: who reaches a file may do with it what its volume allows.
long check_access_at(Arguments const& arguments)
{
    auto const result = attributes(arguments[0], pointer<char const>(arguments[1]));
    return result ? 0 : -libc::to_errno(result.error());
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

// Of the one volume that there is, whatever path or descriptor was named.
long volume_status(Arguments const& arguments) { return put(volume(), arguments[1]); }

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
