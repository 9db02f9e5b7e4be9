// Directories and the names in them.
#include "libc/posix/calls.hpp"

namespace posix {
namespace {

Result<> make_directory(long directory, char const* name)
{
    auto const path = TRY(process_files().resolve(directory, name));
    if (path.is_root())  // the server takes names of what is in it only
        return fail(Status::already_exists);
    auto const root = TRY(process_files().root());
    return root->make_directory(path.relative());
}

Result<> remove(long directory, char const* name, bool is_directory)
{
    auto const path = TRY(process_files().resolve(directory, name));
    auto const root = TRY(process_files().root());
    if (is_directory)
        return root->remove_directory(path.relative());
    return root->remove(path.relative());
}

Result<> rename(Arguments const& arguments)
{
    auto const [from_directory, from, to_directory, to, flags, unused6] = arguments;
    if (flags != 0)
        return fail(Status::bad_argument);
    auto const from_path = TRY(process_files().resolve(from_directory, pointer<char const>(from)));
    auto const to_path = TRY(process_files().resolve(to_directory, pointer<char const>(to)));
    auto const root = TRY(process_files().root());
    return root->rename(from_path.relative(), to_path.relative());
}

Result<> change_to(Path const& path)
{
    auto const root = TRY(process_files().root());
    auto const attributes = TRY(root->attributes(path.relative()));
    if (attributes.kind != Kind::directory)
        return fail(Status::not_a_directory);
    process_files().set_current_directory(path);
    return {};
}

Result<> change_to(char const* name)
{
    auto const path = TRY(process_files().resolve(AT_FDCWD, name));
    return change_to(path);
}

}  // namespace

long make_directory_at(Arguments const& arguments)
{
    return to_return(make_directory(arguments[0], pointer<char const>(arguments[1])));
}

long unlink_at(Arguments const& arguments)
{
    bool const is_directory = (arguments[2] & AT_REMOVEDIR) != 0;
    return to_return(remove(arguments[0], pointer<char const>(arguments[1]), is_directory));
}

long rename_at(Arguments const& arguments) { return to_return(rename(arguments)); }

long change_directory(Arguments const& arguments)
{
    return to_return(change_to(pointer<char const>(arguments[0])));
}

long change_directory_to_open(Arguments const& arguments)
{
    auto const path = process_files().resolve(arguments[0], ".");
    return path ? to_return(change_to(*path)) : -libc::to_errno(path.error());
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
