// Names: making, linking, renaming and removing them.
#include "libc/posix/calls.hpp"
#include "libc/posix/descriptor_names.hpp"
#include <sys/stat.h>

namespace posix {
namespace {

constexpr long rename_no_replace = 1;  // RENAME_NOREPLACE

std::uint16_t permissions_of(long mode)
{
    constexpr mode_t permission_bits = 07777;
    return static_cast<std::uint16_t>(static_cast<mode_t>(mode) & permission_bits &
                                      ~process_files().mode_mask());
}

// Calls a method of the root directory with what a directory and a name lead to.
template <class Action>
long with_path(long directory, long name, Action const& action)
{
    auto const act = [&]() -> Result<> {
        auto const path = TRY(process_files().resolve(directory, pointer<char const>(name)));
        auto const root = TRY(process_files().root(path));
        TRY(action(*root, path));
        return {};
    };
    return to_return(act());
}

// The same with two.
template <class Action>
long with_paths(Arguments const& arguments, Action const& action)
{
    return with_path(arguments[0], arguments[1], [&](Directory const& root, Path const& from) {
        auto const to = process_files().resolve(arguments[2], pointer<char const>(arguments[3]));
        return to ? action(root, from, *to) : fail(to.error());
    });
}

Kind kind_of_mode(mode_t mode)
{
    switch (mode & S_IFMT) {
    case 0:
    case S_IFREG:
        return Kind::file;
    case S_IFIFO:
        return Kind::fifo;
    case S_IFSOCK:
        return Kind::socket;
    default:
        return Kind::other;
    }
}

}  // namespace

long make_directory_at(Arguments const& arguments)
{
    return with_path(arguments[0], arguments[1], [&](Directory const& root, Path const& path) {
        return root.make_directory(path.relative(), permissions_of(arguments[2]));
    });
}

// Devices are no files of a volume: the system manifest says who drives them.
long make_node_at(Arguments const& arguments)
{
    auto const mode = static_cast<mode_t>(arguments[2]);
    Kind const kind = kind_of_mode(mode);
    if (kind == Kind::other)
        return S_ISCHR(mode) || S_ISBLK(mode) ? -EPERM : -EINVAL;
    return with_path(arguments[0], arguments[1], [&](Directory const& root, Path const& path) {
        return root.make_node(path.relative(), kind, permissions_of(arguments[2]));
    });
}

long unlink_at(Arguments const& arguments)
{
    long const flags = arguments[2];
    if ((flags & ~long{AT_REMOVEDIR}) != 0)
        return -EINVAL;
    return with_path(arguments[0], arguments[1], [flags](Directory const& root, Path const& path) {
        return flags != 0 ? root.remove_directory(path.relative()) : root.remove(path.relative());
    });
}

long rename_at(Arguments const& arguments)
{
    long const flags = arguments[4];
    if ((flags & ~rename_no_replace) != 0)
        return -EINVAL;
    return with_paths(arguments, [flags](Directory const& root, Path const& from, Path const& to) {
        return root.rename(from.relative(), to.relative(), flags != 0);
    });
}

long link_at(Arguments const& arguments)
{
    long const flags = arguments[4];
    if ((flags & ~long{AT_SYMLINK_FOLLOW}) != 0)
        return -EINVAL;
    return with_paths(arguments, [flags](Directory const& root, Path const& from, Path const& to) {
        return root.link(from.relative(), to.relative(), flags != 0);
    });
}

long make_link_at(Arguments const& arguments)
{
    auto const* const target = pointer<char const>(arguments[0]);
    if (*target == 0)
        return -ENOENT;
    return with_path(arguments[1], arguments[2], [target](Directory const& root, Path const& path) {
        return root.symbolic_link(target, path.relative());
    });
}

// No zero behind it; what does not fit is left out.
long read_link_at(Arguments const& arguments)
{
    if (arguments[3] <= 0)
        return -EINVAL;
    Bytes const buffer{pointer<std::byte>(arguments[2]), static_cast<std::size_t>(arguments[3])};
    std::uint32_t count = 0;
    long const result = with_path(
        arguments[0], arguments[1], [&](Directory const& root, Path const& path) -> Result<> {
            auto const read = root.read_link(path.relative(), buffer);
            count = read ? *read : static_cast<std::uint32_t>(read_descriptor_link(path, buffer));
            if (count == 0)
                return fail(read ? Status::io_error : read.error());
            return to_result(count > buffer.size() ? Status::io_error : Status::ok);
        });
    return result < 0 ? result : static_cast<long>(count);
}

}  // namespace posix
