// A file of the file server.
#pragma once
#include "generated/interfaces/file.hpp"
#include "libc/posix/lock.hpp"
#include "libc/posix/open_file.hpp"

namespace posix {

class RegularFile final : public OpenFile {
public:
    RegularFile(File file, int flags) : OpenFile{flags}, file_{std::move(file)} {}

    Result<std::size_t> read(Bytes buffer) override;
    Result<std::size_t> write(ConstBytes data) override;
    Result<struct stat> attributes() override;
    Result<std::size_t> read_at(std::uint64_t offset, Bytes buffer) override;
    Result<std::size_t> write_at(std::uint64_t offset, ConstBytes data) override;
    Result<std::uint64_t> seek(std::int64_t distance, int origin) override;
    Result<> truncate(std::uint64_t size) override;
    Result<> sync() override;

private:
    Result<std::uint64_t> size();
    Result<std::uint64_t> origin_offset(int origin);

    File file_;
    Lock position_lock_;
    std::uint64_t position_ = 0;  // guarded by position_lock_
};

}  // namespace posix
