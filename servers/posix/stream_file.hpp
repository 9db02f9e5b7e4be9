// An open file without a position: what pipes, terminals and devices have in common.
#pragma once
#include "generated/interfaces/file.hpp"
#include "servers/posix/service.hpp"

namespace posix {

// `Base`: File::Server, or the server class of an interface that extends it.
template <class Base>
class StreamFile : public Base {
public:
    StreamFile(Service& service, Kind kind, Access access)
        : service_{service}, kind_{kind}, access_{access}
    {
    }

    Result<std::uint32_t> read(std::uint64_t, sys::LeaseOut) override
    {
        return fail(Status::not_seekable);
    }
    Result<std::uint32_t> write(std::uint64_t, sys::LeaseIn) override
    {
        return fail(Status::not_seekable);
    }
    Result<Attributes> attributes() override
    {
        constexpr std::uint16_t for_everybody = 0666;
        return Attributes{.mode = for_everybody, .kind = kind_, .links = 1};
    }
    Result<> truncate(std::uint64_t) override { return fail(Status::not_seekable); }
    Result<> sync() override { return {}; }
    Result<std::uint64_t> seek(std::int64_t, Origin) override { return fail(Status::not_seekable); }
    Result<> set_flags(bool, bool non_blocking) override
    {
        non_blocking_ = non_blocking;
        return {};
    }
    Result<File::FlagsResults> flags() override
    {
        return File::FlagsResults{.append = false,
                                  .read = can_read(),
                                  .write = can_write(),
                                  .non_blocking = non_blocking_};
    }
    Result<> set_attributes(AttributeChange const&) override { return fail(Status::not_permitted); }
    Result<> lock(FileLock, Notification, std::uint64_t) override
    {
        return fail(Status::not_supported);
    }
    Result<Memory> map(bool) override { return fail(Status::not_supported); }

protected:
    ~StreamFile() = default;

    Service& service() const { return service_; }
    bool can_read() const { return access_ != Access::write; }
    bool can_write() const { return access_ != Access::read; }

    // Whether a call may wait. Errors: would_block
    Result<> check_waits() const
    {
        return to_result(non_blocking_ ? Status::would_block : Status::ok);
    }

private:
    Service& service_;
    Kind kind_;
    Access access_;
    bool non_blocking_ = false;
};

}  // namespace posix
