// read, write, their relatives, lseek.
#include "libc/posix/calls.hpp"
#include <array>
#include <cstring>
#include <limits.h>
#include <sys/uio.h>

namespace posix {
namespace {

constexpr std::size_t most_pieces_together = 16;

Bytes bytes_at(long address, long length)
{
    return {pointer<std::byte>(address), static_cast<std::size_t>(length)};
}

template <class Action>
long with_readable(long descriptor, Action action)
{
    return with_file(descriptor,
                     [action](OpenFile& file) { return file.can_read() ? action(file) : -EBADF; });
}

template <class Action>
long with_writable(long descriptor, Action action)
{
    return with_file(descriptor,
                     [action](OpenFile& file) { return file.can_write() ? action(file) : -EBADF; });
}

// Moves one piece after the other until one is moved only in part.
template <class Move>
long move_pieces(Arguments const& arguments, Move move)
{
    constexpr long most_pieces = 1024;  // IOV_MAX
    if (arguments[2] < 0 || arguments[2] > most_pieces)
        return -EINVAL;
    std::span const pieces{pointer<iovec const>(arguments[1]),
                           static_cast<std::size_t>(arguments[2])};
    std::size_t total = 0;
    for (iovec const& piece : pieces) {
        if (piece.iov_len == 0)
            continue;
        Result<std::size_t> const count =
            move(Bytes{static_cast<std::byte*>(piece.iov_base), piece.iov_len});
        if (!count)
            return total > 0 ? static_cast<long>(total) : to_return(count);
        total += *count;
        if (*count < piece.iov_len)
            break;
    }
    return static_cast<long>(total);
}

std::size_t total_of(std::span<iovec const> pieces)
{
    std::size_t total = 0;
    for (iovec const& piece : pieces)
        total += piece.iov_len;
    return total;
}

// As one write, which is what a pipe's readers are promised of so few bytes.
template <std::size_t capacity>
[[gnu::noinline]] Result<std::size_t> write_together(OpenFile& file, std::span<iovec const> pieces)
{
    std::array<std::byte, capacity> bytes;
    std::size_t size = 0;
    for (iovec const& piece : pieces) {
        std::memcpy(bytes.data() + size, piece.iov_base, piece.iov_len);
        size += piece.iov_len;
    }
    return file.write(ConstBytes{bytes}.first(size));
}

}  // namespace

long read(Arguments const& arguments)
{
    auto const buffer = bytes_at(arguments[1], arguments[2]);
    return with_readable(arguments[0],
                         [buffer](OpenFile& file) { return to_return(file.read(buffer)); });
}

long write(Arguments const& arguments)
{
    auto const data = bytes_at(arguments[1], arguments[2]);
    return with_writable(arguments[0],
                         [data](OpenFile& file) { return to_return(file.write(data)); });
}

// What has no position may have nothing more for now: only one piece is filled.
long read_pieces(Arguments const& arguments)
{
    return with_readable(arguments[0], [&arguments](OpenFile& file) {
        bool is_done = false;
        return move_pieces(arguments, [&](Bytes piece) -> Result<std::size_t> {
            if (is_done)
                return 0;
            is_done = !file.has_position();
            return file.read(piece);
        });
    });
}

long write_pieces(Arguments const& arguments)
{
    return with_writable(arguments[0], [&arguments](OpenFile& file) -> long {
        constexpr std::size_t line_bytes = 512;  // mostly it is a line and its end
        auto const count = static_cast<std::size_t>(arguments[2]);
        if (count > 1 && count <= most_pieces_together) {
            std::span const pieces{pointer<iovec const>(arguments[1]), count};
            std::size_t const total = total_of(pieces);
            if (total <= line_bytes)
                return to_return(write_together<line_bytes>(file, pieces));
            if (total <= PIPE_BUF)
                return to_return(write_together<PIPE_BUF>(file, pieces));
        }
        return move_pieces(arguments, [&file](Bytes piece) { return file.write(piece); });
    });
}

long read_at(Arguments const& arguments)
{
    auto const buffer = bytes_at(arguments[1], arguments[2]);
    auto const offset = arguments[3];
    return with_readable(arguments[0], [=](OpenFile& file) -> long {
        if (!file.has_position())
            return -ESPIPE;
        if (offset < 0)
            return -EINVAL;
        return to_return(file.read_at(static_cast<std::uint64_t>(offset), buffer));
    });
}

long write_at(Arguments const& arguments)
{
    auto const data = bytes_at(arguments[1], arguments[2]);
    auto const offset = arguments[3];
    return with_writable(arguments[0], [=](OpenFile& file) -> long {
        if (!file.has_position())
            return -ESPIPE;
        if (offset < 0)
            return -EINVAL;
        return to_return(file.write_at(static_cast<std::uint64_t>(offset), data));
    });
}

long seek(Arguments const& arguments)
{
    auto const [descriptor, distance, origin, unused4, unused5, unused6] = arguments;
    return with_file(descriptor, [=](OpenFile& file) -> long {
        if (!file.has_position())
            return -ESPIPE;
        return to_return(file.seek(distance, static_cast<int>(origin)));
    });
}

}  // namespace posix
