#include "servers/fs/tree/content.hpp"

namespace fs {

Result<std::size_t> read_content(NodeRef const& file, std::uint64_t offset, std::size_t length,
                                 ReadTarget& target)
{
    if (file->mapped != nullptr)
        return file->mapped->read(offset, length, target);
    return file.system().read(*file, offset, length, target);
}

Result<std::size_t> write_content(NodeRef const& file, std::uint64_t offset, std::size_t length,
                                  WriteSource& source)
{
    if (file->mapped != nullptr)
        return file->mapped->write(offset, length, source);
    return file.system().write(*file, offset, length, source);
}

Result<> truncate_content(NodeRef const& file, std::uint64_t size)
{
    if (file->mapped != nullptr)
        return file->mapped->truncate(size);
    return file.system().truncate(*file, size);
}

}  // namespace fs
