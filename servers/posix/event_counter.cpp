#include "servers/posix/event_counter.hpp"
#include "servers/posix/serve.hpp"
#include <new>
#include <span>

namespace posix {

Result<File> EventCounter::create(Service& service, std::uint64_t initial, bool counts_down)
{
    return serve<File>(service, std::unique_ptr<EventCounter>{new (std::nothrow) EventCounter{
                                    service, initial, counts_down}});
}

Result<std::uint32_t> EventCounter::try_read(sys::LeaseOut const& buffer)
{
    if (buffer.size() < sizeof value_)
        return fail(Status::bad_argument);
    if (value_ == 0)
        return fail(Status::would_block);
    std::uint64_t const taken = counts_down_ ? 1 : value_;
    TRY(buffer.write(0, std::as_bytes(std::span{&taken, 1})));
    value_ -= taken;
    return static_cast<std::uint32_t>(sizeof taken);
}

Result<std::uint32_t> EventCounter::try_write(sys::LeaseIn const& data)
{
    std::uint64_t added = 0;
    if (data.size() < sizeof added)
        return fail(Status::bad_argument);
    TRY(data.read(0, std::as_writable_bytes(std::span{&added, 1})));
    if (added > most)
        return fail(Status::bad_argument);
    if (added > most - value_)
        return fail(Status::would_block);
    value_ += added;
    return static_cast<std::uint32_t>(sizeof added);
}

Result<std::uint32_t> EventCounter::read_next(sys::LeaseOut buffer, std::int32_t waiter)
{
    auto const count = try_read(buffer);
    if (!must_wait(count)) {
        if (count)
            advance(poll_out);
        return count;
    }
    TRY(check_waits());
    return reads_.wait(buffer, waiter);
}

Result<std::uint32_t> EventCounter::write_next(sys::LeaseIn data, std::int32_t waiter)
{
    auto const count = try_write(data);
    if (!must_wait(count)) {
        if (count)
            advance(poll_in);
        return count;
    }
    TRY(check_waits());
    return writes_.wait(data, waiter);
}

void EventCounter::advance(std::uint16_t changes)
{
    while (reads_.serve_front([this](auto const& lease) { return try_read(lease); }) ||
           writes_.serve_front([this](auto const& lease) { return try_write(lease); }))
        changes = poll_in | poll_out;
    watchers_.tell(changes);
}

Result<std::uint16_t> EventCounter::poll(std::uint16_t wanted, Notification notification,
                                         std::uint64_t bits)
{
    auto const ready =
        static_cast<std::uint16_t>((value_ != 0 ? poll_in : 0) | (value_ < most ? poll_out : 0));
    return watchers_.poll(wanted, ready, std::move(notification), bits);
}

void EventCounter::interrupt(ProcessNumber waiter)
{
    reads_.interrupt(waiter);
    writes_.interrupt(waiter);
}

}  // namespace posix
