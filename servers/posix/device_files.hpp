// Devices without a machine behind them: null, zero, full, random.
#pragma once
#include "servers/posix/stream_file.hpp"

namespace posix {

class DeviceFile final : public StreamFile<File::Server> {
public:
    // Each open file of its own. Errors: not_found, no_memory, no_handles
    static Result<File> open(Service& service, std::string_view name, Access access);

    Result<std::uint32_t> read(std::uint64_t, sys::LeaseOut buffer) override
    {
        return read_next(buffer, 0);
    }
    Result<std::uint32_t> write(std::uint64_t, sys::LeaseIn data) override
    {
        return write_next(data, 0);
    }
    Result<std::uint64_t> seek(std::int64_t, Origin) override { return 0; }
    Result<std::uint32_t> read_next(sys::LeaseOut buffer, std::int32_t waiter) override;
    Result<std::uint32_t> write_next(sys::LeaseIn data, std::int32_t waiter) override;
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification,
                               std::uint64_t bits) override;
    void closed() override { delete this; }

private:
    enum class Content { nothing, zeros, random };

    DeviceFile(Service& service, Access access, Content content, bool is_full)
        : StreamFile{service, Kind::character_device, access}, content_{content}, is_full_{is_full}
    {
    }

    Result<std::uint32_t> read_random(sys::LeaseOut const& buffer);

    Content content_;
    bool is_full_;
};

}  // namespace posix
