#include "libc/sys/output.hpp"
#include "lib/sys/start_info.hpp"
#include "lib/sys/syscalls.hpp"
#include "libc/sys/errno.hpp"
#include <errno.h>
#include <sys/uio.h>
#include <unistd.h>

namespace libc {
namespace {

constexpr std::size_t log_piece_bytes = 256;  // more at once would keep others off the console

bool is_output(long descriptor)
{
    return descriptor == STDOUT_FILENO || descriptor == STDERR_FILENO;
}

}  // namespace

Result<> write_to_log(std::span<char const> text)
{
    auto const root = sys::find_grant("log");
    if (root == 0)
        return fail(Status::not_granted);
    while (!text.empty()) {
        auto const piece = text.first(std::min(text.size(), log_piece_bytes));
        TRY(sys::write_log(root, piece));
        text = text.subspan(piece.size());
    }
    return {};
}

long write_log(Arguments const& arguments)
{
    if (!is_output(arguments[0]))
        return -EBADF;
    auto const length = static_cast<std::size_t>(arguments[2]);
    auto const result = write_to_log({pointer<char const>(arguments[1]), length});
    return result ? arguments[2] : to_return(result);
}

long write_log_pieces(Arguments const& arguments)
{
    auto const pieces =
        std::span{pointer<iovec const>(arguments[1]), static_cast<std::size_t>(arguments[2])};
    long total = 0;
    for (iovec const& piece : pieces) {
        auto const length = static_cast<long>(piece.iov_len);
        auto const address = reinterpret_cast<long>(piece.iov_base);
        long const written = write_log({arguments[0], address, length});
        if (written < 0)
            return total > 0 ? total : written;
        total += written;
    }
    return total;
}

}  // namespace libc
