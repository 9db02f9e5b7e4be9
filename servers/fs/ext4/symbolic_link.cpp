// Symbolic links: short ones lie in the inode, longer ones in a block.
#include "servers/fs/ext4/file.hpp"
#include "servers/fs/ext4/namespace.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <algorithm>
#include <cstring>

namespace ext4 {

namespace {

class IntoBuffer final : public ReadTarget {
public:
    explicit IntoBuffer(std::span<char> buffer) : buffer_{buffer} {}
    Result<> put(std::size_t offset, std::span<std::byte const> bytes) override
    {
        std::memcpy(buffer_.subspan(offset, bytes.size()).data(), bytes.data(), bytes.size());
        return {};
    }

private:
    std::span<char> buffer_;
};

// Old links in the inode do not have the flag of extents, and own no block.
bool lies_in_inode(Inode const& link)
{
    return link.size() < sizeof link.raw.block && !link.has_extents();
}

}  // namespace

Result<std::string_view> read_link(Volume& volume, Inode& link, std::span<char> buffer)
{
    std::uint64_t const size = link.size();
    if (size == 0)
        return fail(Status::corrupt);
    if (size > buffer.size())
        return fail(Status::name_too_long);

    std::size_t length = size;
    if (lies_in_inode(link)) {
        std::memcpy(buffer.data(), link.raw.block, length);
    } else {
        IntoBuffer target{buffer};
        length = TRY(read_file(volume, link, 0, length, target));
    }
    return std::string_view{buffer.data(), length};
}

}  // namespace ext4
