// ppoll and pselect: a question to each file's server, and a notification to wait for.
#include "lib/sys/notification.hpp"
#include "libc/posix/calls.hpp"
#include "libc/posix/waiting_mask.hpp"
#include "libc/sys/clock.hpp"
#include <algorithm>
#include <array>
#include <optional>
#include <poll.h>
#include <span>
#include <sys/select.h>

namespace posix {
namespace {

using Entries = std::span<pollfd>;

// Errors: interrupted (a signal came before the server was asked)
Result<short> events_of(pollfd const& entry, sys::HandleValue notification, std::uint64_t bits)
{
    auto const file = process_files().table().find(entry.fd);
    if (!file)
        return static_cast<short>(POLLNVAL);
    auto const ready = file->poll(entry.events, notification, bits);
    if (ready || ready.error() == Status::interrupted)
        return ready;
    return static_cast<short>(POLLERR);
}

// How many have something; or as a system call fails.
long ask(Entries entries, sys::HandleValue notification)
{
    long count = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        entries[i].revents = 0;
        if (entries[i].fd < 0)
            continue;
        auto const events = events_of(entries[i], notification, std::uint64_t{1} << i % 64);
        if (!events)
            return -EINTR;
        entries[i].revents = *events;
        count += *events != 0;
    }
    return count;
}

long wait_for(Entries entries, sys::Ticks deadline)
{
    if (long const count = ask(entries, 0); count != 0 || deadline <= sys::now())
        return count;
    auto const notification = sys::Notification::create();
    if (!notification)
        return -libc::to_errno(notification.error());
    for (;;) {
        if (long const count = ask(entries, notification->handle()); count != 0)
            return count;
        auto const bits = notification->wait(deadline);
        if (!bits && bits.error() == Status::timed_out)
            return ask(entries, 0);
        if (!bits)
            return -libc::to_errno(bits.error());
    }
}

}  // namespace

long poll_files(Arguments const& arguments)
{
    auto const [entries, count, timeout, mask, unused5, unused6] = arguments;
    if (count < 0 || count > FileTable::capacity)
        return -EINVAL;
    auto const deadline = libc::deadline_after(pointer<timespec>(timeout));
    if (!deadline)
        return -libc::to_errno(deadline.error());
    WaitingMask const waiting{pointer<SignalSet const>(mask)};
    return wait_for({pointer<pollfd>(entries), static_cast<std::size_t>(count)}, *deadline);
}

namespace {

constexpr short read_events = POLLIN | POLLHUP | POLLERR;
constexpr short write_events = POLLOUT | POLLERR;
constexpr short except_events = POLLPRI;

bool is_in(fd_set const* set, int descriptor)
{
    return set != nullptr && FD_ISSET(descriptor, set);
}

short wanted_of(int descriptor, fd_set const* readable, fd_set const* writable,
                fd_set const* exceptional)
{
    return static_cast<short>((is_in(readable, descriptor) ? POLLIN : 0) |
                              (is_in(writable, descriptor) ? POLLOUT : 0) |
                              (is_in(exceptional, descriptor) ? POLLPRI : 0));
}

// Leaves in `set` those with one of the events; the result is how many.
long keep(fd_set* set, std::span<pollfd const> entries, short events)
{
    if (set == nullptr)
        return 0;
    long count = 0;
    for (pollfd const& entry : entries) {
        if (!FD_ISSET(entry.fd, set))
            continue;
        if ((entry.revents & events) != 0)
            ++count;
        else
            FD_CLR(entry.fd, set);
    }
    return count;
}

}  // namespace

long select_files(Arguments const& arguments)
{
    auto const [limit, reading, writing, excepting, timeout, mask] = arguments;
    auto* const readable = pointer<fd_set>(reading);
    auto* const writable = pointer<fd_set>(writing);
    auto* const exceptional = pointer<fd_set>(excepting);
    if (limit < 0 || limit > FD_SETSIZE)
        return -EINVAL;
    auto const deadline = libc::deadline_after(pointer<timespec>(timeout));
    if (!deadline)
        return -libc::to_errno(deadline.error());

    std::array<pollfd, FileTable::capacity> storage;
    std::size_t count = 0;
    for (int descriptor = 0; descriptor < static_cast<int>(limit); ++descriptor) {
        short const wanted = wanted_of(descriptor, readable, writable, exceptional);
        if (wanted == 0)
            continue;
        if (descriptor >= FileTable::capacity || !process_files().table().find(descriptor))
            return -EBADF;
        storage[count++] = {.fd = descriptor, .events = wanted, .revents = 0};
    }
    struct MaskArgument {
        SignalSet const* mask;
        std::size_t bytes;
    };
    auto const* const with_mask = pointer<MaskArgument const>(mask);
    WaitingMask const waiting{with_mask == nullptr ? nullptr : with_mask->mask};
    auto const entries = std::span{storage}.first(count);
    long const found = wait_for(entries, *deadline);
    if (found < 0)
        return found;
    return keep(readable, entries, read_events) + keep(writable, entries, write_events) +
           keep(exceptional, entries, except_events);
}

}  // namespace posix
