// Content of files, some pages of which processes have mapped.
#pragma once
#include "servers/fs/tree/file_system.hpp"

namespace fs {

// The pages of a file that are mapped. They are the only ones: what they hold is in no cache and
// not in the file system, which gets it when it is to be written, or the page goes.
class MappedContent {
public:
    static constexpr std::uint64_t no_page = ~std::uint64_t{0};

    // As the functions of FileSystem.
    virtual Result<std::size_t> read(std::uint64_t offset, std::size_t length,
                                     ReadTarget& target) = 0;
    virtual Result<std::size_t> write(std::uint64_t offset, std::size_t length,
                                      WriteSource& source) = 0;
    virtual Result<> truncate(std::uint64_t size) = 0;

    // A file system that lasts gets what was stored.
    virtual Result<> settle() = 0;

    // The first page from `number` on that is here, or no_page.
    virtual std::uint64_t next_kept(std::uint64_t number) const = 0;

protected:
    ~MappedContent() = default;
};

// As the functions of FileSystem, whatever is mapped.
Result<std::size_t> read_content(NodeRef const& file, std::uint64_t offset, std::size_t length,
                                 ReadTarget& target);
Result<std::size_t> write_content(NodeRef const& file, std::uint64_t offset, std::size_t length,
                                  WriteSource& source);
Result<> truncate_content(NodeRef const& file, std::uint64_t size);

}  // namespace fs
