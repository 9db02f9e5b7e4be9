#include "servers/fs/tree/content.hpp"

namespace fs {

Result<std::size_t> read_content(NodeRef const& file, std::uint64_t offset, std::size_t length,
                                 ReadTarget& target)
{
    if (file->mapped != nullptr)
        TRY(file->mapped->settle(offset, length));
    return file.system().read(*file, offset, length, target);
}

Result<std::size_t> write_content(NodeRef const& file, std::uint64_t offset, std::size_t length,
                                  WriteSource& source)
{
    if (file->mapped == nullptr)
        return file.system().write(*file, offset, length, source);
    std::uint64_t const before = file.system().attributes(*file).size;
    auto const written = file.system().write(*file, offset, length, source);
    std::uint64_t const after = file.system().attributes(*file).size;
    if (after != before)
        file->mapped->resize(before, after);
    file->mapped->refresh(offset, length);
    return written;
}

Result<> truncate_content(NodeRef const& file, std::uint64_t size)
{
    std::uint64_t const before = file.system().attributes(*file).size;
    TRY(file.system().truncate(*file, size));
    if (file->mapped != nullptr)
        file->mapped->resize(before, size);
    return {};
}

}  // namespace fs
