// /dev/null and /dev/zero.
#pragma once
#include "servers/posix/stream_file.hpp"

namespace posix {

class NullFile final : public StreamFile<File::Server> {
public:
    // Each open file of its own. Errors: no_memory, no_handles
    static Result<File> open(Service& service, bool gives_zeros);

    Result<std::uint32_t> read_next(sys::LeaseOut buffer, std::int32_t waiter) override;
    Result<std::uint32_t> write_next(sys::LeaseIn data, std::int32_t waiter) override;
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification,
                               std::uint64_t bits) override;
    void closed() override { delete this; }

private:
    NullFile(Service& service, bool gives_zeros)
        : StreamFile{service, Kind::character_device, Access::read_write}, gives_zeros_{gives_zeros}
    {
    }
    ~NullFile() = default;

    bool gives_zeros_;
};

}  // namespace posix
