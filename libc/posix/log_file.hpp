// Standard output of a program that was granted no console: the machine's log, if it may write it.
#pragma once
#include "libc/posix/open_file.hpp"

namespace posix {

class LogFile final : public OpenFile {
public:
    LogFile() : OpenFile{O_WRONLY} {}

    Result<std::size_t> read(Bytes) override { return fail(Status::not_supported); }
    Result<std::size_t> write(ConstBytes data) override;
    Result<struct stat> attributes() override;
    bool has_position() const override { return false; }
};

}  // namespace posix
