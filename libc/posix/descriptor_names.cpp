#include "libc/posix/descriptor_names.hpp"
#include "lib/sys/line.hpp"
#include "libc/posix/process_files.hpp"
#include <algorithm>
#include <charconv>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace posix {
namespace {

constexpr std::string_view streams[] = {"/dev/stdin", "/dev/stdout", "/dev/stderr"};

std::optional<long> number_behind(std::string_view path, std::string_view folder)
{
    if (!path.starts_with(folder))
        return std::nullopt;
    auto const text = path.substr(folder.size());
    long number = 0;
    auto const* const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data(), end, number);
    return parsed.ec == std::errc{} && parsed.ptr == end ? std::optional{number} : std::nullopt;
}

std::optional<long> descriptor_called(std::string_view path)
{
    for (long stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream)
        if (path == streams[stream])
            return stream;
    auto const number = number_behind(path, "/dev/fd/");
    return number ? number : number_behind(path, "/proc/self/fd/");
}

// As servers/posix numbers them.
std::optional<sys::Line> terminal_name(struct stat const& status)
{
    constexpr unsigned console_major = 5;
    constexpr unsigned pseudo_terminal_major = 136;
    if (!S_ISCHR(status.st_mode))
        return std::nullopt;
    if (major(status.st_rdev) == console_major)
        return sys::Line{"/dev/console"};
    if (major(status.st_rdev) == pseudo_terminal_major)
        return sys::Line{"/dev/pts/", std::uint64_t{minor(status.st_rdev)}};
    return std::nullopt;
}

std::size_t put(std::string_view text, Bytes buffer)
{
    auto const count = std::min(text.size(), buffer.size());
    text.copy(reinterpret_cast<char*>(buffer.data()), count);
    return count;
}

}  // namespace

FileReference file_called(Path const& path)
{
    auto const descriptor = descriptor_called(path.absolute());
    return descriptor ? process_files().table().find(*descriptor) : FileReference{};
}

std::size_t read_descriptor_link(Path const& path, Bytes buffer)
{
    auto const file = file_called(path);
    if (!file)
        return 0;
    if (auto const folder = file->directory_path())
        return put(*folder, buffer);
    auto const status = file->attributes();
    auto const name = status ? terminal_name(*status) : std::nullopt;
    return name ? put(name->view(), buffer) : 0;
}

}  // namespace posix
