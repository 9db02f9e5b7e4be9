// epoll_create1, epoll_ctl, epoll_pwait; eventfd2.
#include "libc/posix/calls.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/epoll_file.hpp"
#include "libc/posix/served_file.hpp"
#include "libc/posix/waiting_mask.hpp"
#include "libc/sys/clock.hpp"
#include <algorithm>
#include <sys/eventfd.h>

namespace posix {
namespace {

// Files, which are always ready, are none to wait for.
Result<> check_target(OpenFile& target, OpenFile const& epoll)
{
    if (&target == &epoll || target.is_epoll())
        return fail(&target == &epoll ? Status::bad_argument : Status::link_loop);
    auto const status = TRY(target.attributes());
    bool const is_ready = S_ISREG(status.st_mode) || S_ISDIR(status.st_mode);
    return is_ready ? fail(Status::not_permitted) : Result<>{};
}

Result<> control(EpollFile& epoll, long operation, int descriptor, epoll_event const* event)
{
    auto const target = process_files().table().find(descriptor);
    if (!target)
        return fail(Status::bad_handle);
    if (operation == EPOLL_CTL_DEL)
        return epoll.remove(descriptor, *target);
    if (event == nullptr)
        return fail(Status::bad_address);
    TRY(check_target(*target, epoll));
    if (operation == EPOLL_CTL_ADD)
        return epoll.add(descriptor, *target, *event);
    if (operation == EPOLL_CTL_MOD)
        return epoll.change(descriptor, *target, *event);
    return fail(Status::bad_argument);
}

long wait_for(EpollFile& epoll, std::span<epoll_event> events, sys::Ticks deadline)
{
    for (;;) {
        bool const will_wait = deadline > sys::now();
        auto const count = epoll.collect(events, will_wait);
        if (!count)
            return -libc::to_errno(count.error());
        if (*count != 0 || !will_wait)
            return static_cast<long>(*count);
        auto const waited = epoll.wait(deadline);
        if (!waited && waited.error() != Status::timed_out)
            return -libc::to_errno(waited.error());
    }
}

Result<FileReference> new_counter(std::uint64_t initial, int flags)
{
    auto const server = TRY(door());
    auto counter = TRY(server->event_counter(initial, (flags & EFD_SEMAPHORE) != 0));
    FileReference file{*new ServedFile{std::move(counter), O_RDWR}};
    if ((flags & EFD_NONBLOCK) != 0)
        TRY(file->set_status_flags(O_NONBLOCK));
    return file;
}

}  // namespace

long create_epoll(Arguments const& arguments)
{
    if ((arguments[0] & ~long{EPOLL_CLOEXEC}) != 0)
        return -EINVAL;
    return new_descriptor(EpollFile::create(), arguments[0] != 0);
}

long control_epoll(Arguments const& arguments)
{
    auto const [descriptor, operation, target, event, unused5, unused6] = arguments;
    auto const file = process_files().table().find(descriptor);
    if (!file)
        return -EBADF;
    if (!file->is_epoll())
        return -EINVAL;
    return to_return(control(static_cast<EpollFile&>(*file), operation, static_cast<int>(target),
                             pointer<epoll_event const>(event)));
}

long wait_for_epoll(Arguments const& arguments)
{
    auto const [descriptor, events, count, milliseconds, mask, unused6] = arguments;
    auto const file = process_files().table().find(descriptor);
    if (!file)
        return -EBADF;
    if (!file->is_epoll() || count <= 0)
        return -EINVAL;
    auto const timeout = static_cast<int>(milliseconds);
    sys::Ticks const deadline =
        timeout < 0 ? abi::never : sys::after_milliseconds(static_cast<std::uint64_t>(timeout));
    WaitingMask const waiting{pointer<SignalSet const>(mask)};
    return wait_for(static_cast<EpollFile&>(*file),
                    {pointer<epoll_event>(events), static_cast<std::size_t>(count)}, deadline);
}

long create_event_counter(Arguments const& arguments)
{
    constexpr int known = EFD_SEMAPHORE | EFD_NONBLOCK | EFD_CLOEXEC;
    auto const flags = static_cast<int>(arguments[1]);
    if ((flags & ~known) != 0)
        return -EINVAL;
    return new_descriptor(new_counter(static_cast<std::uint32_t>(arguments[0]), flags),
                          (flags & EFD_CLOEXEC) != 0);
}

}  // namespace posix
