// /dev/disk: the disk of the root directory, byte by byte, for the superuser to read.
#pragma once
#include "servers/posix/position.hpp"
#include "servers/posix/stream_file.hpp"

namespace posix {

class DiskFile final : public StreamFile<File::Server> {
public:
    // Errors: access_denied, read_only, not_found (nobody serves one), no_memory, no_handles
    static Result<File> open(Service& service, bool is_superuser, Access access);

    Result<std::uint32_t> read(std::uint64_t offset, sys::LeaseOut buffer) override;
    Result<std::uint64_t> seek(std::int64_t distance, Origin origin) override;
    Result<Attributes> attributes() override;
    Result<std::uint32_t> read_next(sys::LeaseOut buffer, std::int32_t waiter) override;
    Result<std::uint32_t> write_next(sys::LeaseIn data, std::int32_t waiter) override;
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification,
                               std::uint64_t bits) override;
    void closed() override { delete this; }

private:
    explicit DiskFile(Service& service) : StreamFile{service, Kind::block_device, Access::read} {}

    Position position_;
    std::array<std::byte, 4096> piece_;  // on its way from the file server to the client
};

}  // namespace posix
