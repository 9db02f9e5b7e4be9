// Data goes from the cache's pages straight to the client's memory, and back, through leases.
#include "servers/fs/file_server.hpp"
#include "servers/fs/attributes.hpp"
#include "servers/fs/ext4/file.hpp"
#include <new>

namespace {

constexpr std::uint64_t most_bytes = 1u << 30;  // in one call, so that the count fits its field

class ToLease final : public ext4::ReadTarget {
public:
    explicit ToLease(sys::LeaseOut lease) : lease_{lease} {}
    Result<> put(std::size_t offset, std::span<std::byte const> bytes) override
    {
        std::size_t const copied = TRY(lease_.write(offset, bytes));
        return copied == bytes.size() ? Result<>{} : fail(Status::bad_address);
    }

private:
    sys::LeaseOut lease_;
};

class FromLease final : public ext4::WriteSource {
public:
    explicit FromLease(sys::LeaseIn lease) : lease_{lease} {}
    Result<> get(std::size_t offset, std::span<std::byte> into) override
    {
        std::size_t const copied = TRY(lease_.read(offset, into));
        return copied == into.size() ? Result<>{} : fail(Status::bad_address);
    }

private:
    sys::LeaseIn lease_;
};

Result<std::uint32_t> as_count(Result<std::size_t> const& done)
{
    if (!done)
        return fail(done.error());
    return static_cast<std::uint32_t>(*done);
}

}  // namespace

Result<File> FileServer::create(Service& service, ext4::InodeRef inode)
{
    auto* const server = new (std::nothrow) FileServer{service, std::move(inode)};
    if (server == nullptr)
        return fail(Status::no_memory);
    Result<File> client = service.client_of<File>(*server);
    if (!client)
        delete server;
    return client;
}

Result<std::uint32_t> FileServer::read(std::uint64_t offset, sys::LeaseOut buffer)
{
    ToLease target{buffer};
    std::size_t const length = std::min(buffer.size(), most_bytes);
    return service_.finish(
        as_count(ext4::read_file(service_.volume(), *inode_, offset, length, target)));
}

Result<std::uint32_t> FileServer::write(std::uint64_t offset, sys::LeaseIn data)
{
    FromLease source{data};
    std::size_t const length = std::min(data.size(), most_bytes);
    return service_.finish(
        as_count(ext4::write_file(service_.volume(), *inode_, offset, length, source)));
}

Result<Attributes> FileServer::attributes() { return attributes_of(*inode_); }

Result<> FileServer::truncate(std::uint64_t size)
{
    return service_.finish(ext4::truncate_file(service_.volume(), *inode_, size));
}

Result<> FileServer::sync() { return service_.finish(service_.volume().make_durable()); }
