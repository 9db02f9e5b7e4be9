// The current directory, and the content of open ones.
#include "libc/posix/calls.hpp"
#include <array>

namespace posix {
namespace {

// The current directory is kept without links in it, so that ".." and getcwd() need no server.
Result<> change_to(Path const& path)
{
    auto const directory = TRY(path.resolve("."));  // no file, and one that may be searched
    auto const root = TRY(process_files().root(path));
    std::array<std::byte, Path::capacity> text;
    auto const size = root->real_path(directory.relative(), text);
    if (!size)
        return fail(size.error() == Status::too_large ? Status::name_too_long : size.error());
    if (*size > text.size())
        return fail(Status::io_error);
    std::string_view const found{reinterpret_cast<char const*>(text.data()), *size};
    process_files().set_current_directory(TRY(Path::settled(found)));
    return {};
}

Result<> change_to(long directory, char const* name)
{
    auto const path = TRY(process_files().resolve(directory, name));
    return change_to(path);
}

}  // namespace

long change_directory(Arguments const& arguments)
{
    return to_return(change_to(AT_FDCWD, pointer<char const>(arguments[0])));
}

long change_directory_to_open(Arguments const& arguments)
{
    return to_return(change_to(arguments[0], "."));
}

// Returns the length with the zero behind it.
long current_directory(Arguments const& arguments)
{
    auto const path = process_files().current_directory();
    auto const text = path.absolute();
    auto const buffer = pointer<char>(arguments[0]);
    if (text.size() >= static_cast<std::size_t>(arguments[1]))
        return -ERANGE;
    text.copy(buffer, text.size());
    buffer[text.size()] = 0;
    return static_cast<long>(text.size()) + 1;
}

long list_directory(Arguments const& arguments)
{
    Bytes const buffer{pointer<std::byte>(arguments[1]), static_cast<std::size_t>(arguments[2])};
    return with_file(arguments[0],
                     [buffer](OpenFile& file) { return to_return(file.list(buffer)); });
}

}  // namespace posix
