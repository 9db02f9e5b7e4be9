#include "libc/posix/directory_record.hpp"
#include <cstring>

namespace posix {
namespace {

struct Header {
    std::uint64_t inode;
    std::uint16_t record_bytes;
    std::uint16_t name_bytes;
    std::uint8_t kind;
    std::uint8_t zero[3];
};
static_assert(sizeof(Header) == 16);

constexpr std::size_t longest_name = 255;

bool is_name(std::string_view text)
{
    return !text.empty() && text.size() <= longest_name &&
           text.find_first_of(std::string_view{"/\0", 2}) == text.npos;
}

}  // namespace

Result<DirectoryRecord> DirectoryRecord::parse(std::span<std::byte const> buffer)
{
    Header header;
    if (buffer.size() < sizeof header)
        return fail(Status::io_error);
    std::memcpy(&header, buffer.data(), sizeof header);
    if (header.record_bytes > buffer.size() ||
        header.record_bytes < sizeof header + header.name_bytes)
        return fail(Status::io_error);
    std::string_view const name{reinterpret_cast<char const*>(buffer.data() + sizeof header),
                                header.name_bytes};
    if (!is_name(name))
        return fail(Status::io_error);
    return DirectoryRecord{header.inode, header.kind, name, header.record_bytes};
}

}  // namespace posix
