#include "libc/posix/log_file.hpp"
#include "libc/sys/output.hpp"

namespace posix {

Result<std::size_t> LogFile::write(ConstBytes data)
{
    TRY(libc::write_to_log({reinterpret_cast<char const*>(data.data()), data.size()}));
    return data.size();
}

Result<struct stat> LogFile::attributes()
{
    constexpr mode_t owner_may_write = 0200;
    struct stat result{};
    result.st_mode = S_IFCHR | owner_may_write;
    result.st_nlink = 1;
    return result;
}

}  // namespace posix
