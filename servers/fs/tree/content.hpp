// Content of files, some pages of which processes may have mapped and changed.
#pragma once
#include "servers/fs/tree/file_system.hpp"

namespace fs {

// The pages of a file that are mapped: what is stored there is newer than what the file system has.
class MappedContent {
public:
    // The file system gets what was stored in a part of the file.
    virtual Result<> settle(std::uint64_t offset, std::uint64_t length) = 0;
    // A part has been written.
    virtual void refresh(std::uint64_t offset, std::uint64_t length) = 0;
    // What is behind the smaller of two ends reads as zeros, and is not there behind the new one.
    virtual void resize(std::uint64_t from, std::uint64_t to) = 0;

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
