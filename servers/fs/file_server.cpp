// Data goes from the cache's pages straight to the client's memory, and back, through leases.
#include "servers/fs/file_server.hpp"
#include "servers/fs/mapping/mapped_files.hpp"
#include "servers/fs/tree/content.hpp"
#include <new>

namespace {

constexpr std::uint64_t most_bytes = 1u << 30;  // in one call, so that the count fits its field

class ToLease final : public fs::ReadTarget {
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

class FromLease final : public fs::WriteSource {
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

}  // namespace

Result<File> FileServer::create(Service& service, fs::View view, fs::Opened opened, bool append)
{
    auto* const server =
        new (std::nothrow) FileServer{service, std::move(view), std::move(opened), append};
    if (server == nullptr)
        return fail(Status::no_memory);
    Result<File> client = service.client_of<File>(*server);
    if (!client)
        delete server;
    return client;
}

Result<std::uint32_t> FileServer::read_at(std::uint64_t offset, sys::LeaseOut buffer)
{
    if (!opened_.may_read)
        return fail(Status::wrong_access);
    ToLease target{buffer};
    std::size_t const length = std::min(buffer.size(), most_bytes);
    std::size_t const count = TRY(fs::read_content(opened_.node, offset, length, target));
    return static_cast<std::uint32_t>(count);
}

// Who writes into a program does not write it as the user that it would run as.
Result<> FileServer::prepare_change()
{
    if (!opened_.may_write)
        return fail(Status::wrong_access);
    if (view_.who().is_superuser()) [[likely]]
        return {};
    fs::Mode const mode = opened_.node->ownership.mode;
    fs::Mode const after = fs::mode_after_write(view_.who(), mode);
    if (after == mode)
        return {};
    return system().change(*opened_.node, {.sets_mode = true, .mode = after});
}

Result<std::uint32_t> FileServer::write_at(std::uint64_t offset, sys::LeaseIn data)
{
    TRY(prepare_change());
    FromLease source{data};
    std::size_t const length = std::min(data.size(), most_bytes);
    if (length == 0)
        return 0u;
    std::size_t const count = TRY(fs::write_content(opened_.node, offset, length, source));
    return static_cast<std::uint32_t>(count);
}

Result<std::uint32_t> FileServer::read(std::uint64_t offset, sys::LeaseOut buffer)
{
    return service_.finish(read_at(offset, buffer));
}

Result<std::uint32_t> FileServer::read_next(sys::LeaseOut buffer, std::int32_t)
{
    Result<std::uint32_t> const count = read_at(position_, buffer);
    if (count)
        position_ += *count;
    return service_.finish(count);
}

Result<std::uint32_t> FileServer::write(std::uint64_t offset, sys::LeaseIn data)
{
    return service_.finish(write_at(offset, data));
}

// One worker serves all clients, so nobody writes between the look at the size and the write.
Result<std::uint32_t> FileServer::write_next(sys::LeaseIn data, std::int32_t)
{
    std::uint64_t const start = appends_ ? size() : position_;
    Result<std::uint32_t> const count = write_at(start, data);
    if (count)
        position_ = start + *count;
    return service_.finish(count);
}

Result<std::uint64_t> FileServer::seek(std::int64_t distance, Origin origin)
{
    std::uint64_t base = 0;
    if (origin == Origin::current)
        base = position_;
    else if (origin == Origin::end)
        base = size();
    else if (origin != Origin::start)
        return fail(Status::bad_argument);
    std::int64_t position;
    if (__builtin_add_overflow(static_cast<std::int64_t>(base), distance, &position) ||
        position < 0)
        return fail(Status::bad_argument);
    position_ = static_cast<std::uint64_t>(position);
    return position_;
}

Result<> FileServer::set_flags(bool append, bool)
{
    appends_ = append;
    return {};
}

Result<File::FlagsResults> FileServer::flags()
{
    return File::FlagsResults{
        .append = appends_, .read = opened_.may_read, .write = opened_.may_write};
}

Result<> FileServer::set_attributes(AttributeChange const& change)
{
    return service_.finish(change_attributes(view_, opened_.node, change, service_.clock()));
}

Result<> FileServer::truncate_to(std::uint64_t size)
{
    TRY(prepare_change());
    return fs::truncate_content(opened_.node, size);
}

Result<> FileServer::truncate(std::uint64_t size) { return service_.finish(truncate_to(size)); }

Result<> FileServer::make_durable()
{
    if (opened_.node->mapped != nullptr)
        TRY(opened_.node->mapped->settle());
    return system().make_durable();
}

Result<> FileServer::sync() { return service_.finish(make_durable()); }

// Whoever maps a file to write to it is a writer now, whenever he does it.
Result<Memory> FileServer::map_as(bool writable)
{
    if (!opened_.may_read || (writable && !opened_.may_write))
        return fail(Status::access_denied);
    if (writable)
        TRY(prepare_change());
    if (mapped_ == nullptr)
        mapped_ = TRY(service_.mapped().of(opened_.node));
    return Memory{TRY(mapped_->memory(writable))};
}

Result<Memory> FileServer::map(bool writable) { return service_.finish(map_as(writable)); }

Result<> FileServer::lock(FileLock kind, Notification notification, std::uint64_t bits)
{
    FileLocks& locks = service_.locks();
    if (kind > FileLock::exclusive)
        return fail(Status::bad_argument);
    if (kind == FileLock::none) {
        locks.unlock(*opened_.node, this);
        return {};
    }
    Result<> const locked = locks.lock(*opened_.node, this, kind == FileLock::exclusive);
    if (!locked && locked.error() == Status::would_block && notification)
        locks.watch(*opened_.node, std::move(notification), bits);
    return locked;
}

FileServer::~FileServer()
{
    service_.locks().unlock(*opened_.node, this);
    if (mapped_ == nullptr)
        return;
    mapped_->drop_user();
    service_.conclude(Status::ok);
}

// Files never wait.
Result<std::uint16_t> FileServer::poll(std::uint16_t wanted, Notification, std::uint64_t)
{
    constexpr std::uint16_t readable = 0x001 | 0x040;  // POLLIN, POLLRDNORM
    constexpr std::uint16_t writable = 0x004 | 0x100;  // POLLOUT, POLLWRNORM
    return static_cast<std::uint16_t>(wanted & (readable | writable));
}
