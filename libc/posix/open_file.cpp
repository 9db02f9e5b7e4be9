#include "libc/posix/open_file.hpp"

namespace posix {

Result<std::size_t> OpenFile::read_at(std::uint64_t, Bytes) { return fail(Status::bad_argument); }

Result<std::size_t> OpenFile::write_at(std::uint64_t, ConstBytes)
{
    return fail(Status::bad_argument);
}

Result<std::uint64_t> OpenFile::seek(std::int64_t, int) { return fail(Status::bad_argument); }
Result<> OpenFile::truncate(std::uint64_t) { return fail(Status::bad_argument); }
Result<> OpenFile::sync() { return fail(Status::bad_argument); }
Result<std::size_t> OpenFile::list(Bytes) { return fail(Status::not_a_directory); }

}  // namespace posix
