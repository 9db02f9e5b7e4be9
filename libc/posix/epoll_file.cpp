#include "libc/posix/epoll_file.hpp"
#include "lib/posix/poll_events.hpp"
#include "libc/posix/calls.hpp"
#include <algorithm>
#include <poll.h>

namespace posix {
namespace {

constexpr std::uint32_t modes = EPOLLET | EPOLLONESHOT;
constexpr std::uint32_t always = EPOLLERR | EPOLLHUP;
static_assert(EPOLLIN == POLLIN && EPOLLOUT == POLLOUT && EPOLLPRI == POLLPRI &&
                  EPOLLERR == POLLERR && EPOLLHUP == POLLHUP,
              "epoll numbers events as poll does");

// One bit for several of them is enough to look again.
std::uint64_t bit_of(std::size_t index) { return std::uint64_t{1} << index % 64; }

}  // namespace

Result<FileReference> EpollFile::create()
{
    return FileReference{*new EpollFile{TRY(sys::Notification::create())}};
}

Result<struct stat> EpollFile::attributes()
{
    struct stat status{};
    status.st_mode = S_IRUSR | S_IWUSR;
    status.st_nlink = 1;
    return status;
}

EpollFile::Interest* EpollFile::find(int descriptor, OpenFile const& file)
{
    auto const found = std::ranges::find_if(interests_, [&](Interest const& each) {
        return each.descriptor == descriptor && each.file == file.serial();
    });
    return found == interests_.end() ? nullptr : &*found;
}

Result<> EpollFile::add(int descriptor, OpenFile const& file, epoll_event const& event)
{
    Lock::Guard const guard{lock_};
    forget_closed();
    if (find(descriptor, file) != nullptr)
        return fail(Status::already_exists);
    interests_.push_back({descriptor, file.serial(), event, true});
    return {};
}

Result<> EpollFile::change(int descriptor, OpenFile const& file, epoll_event const& event)
{
    Lock::Guard const guard{lock_};
    Interest* const found = find(descriptor, file);
    if (found == nullptr)
        return fail(Status::not_found);
    found->event = event;
    found->is_news = true;
    return {};
}

Result<> EpollFile::remove(int descriptor, OpenFile const& file)
{
    Lock::Guard const guard{lock_};
    Interest const* const found = find(descriptor, file);
    if (found == nullptr)
        return fail(Status::not_found);
    interests_.erase(interests_.begin() + (found - interests_.data()));
    std::ranges::for_each(interests_, [](Interest& each) { each.is_news = true; });
    return {};
}

// A descriptor that was closed, or is another file now.
void EpollFile::forget_closed()
{
    auto const gone = std::erase_if(interests_, [](Interest const& each) {
        auto const file = process_files().table().find(each.descriptor);
        return !file || file->serial() != each.file;
    });
    if (gone != 0)  // the others' bits are other ones
        std::ranges::for_each(interests_, [](Interest& each) { each.is_news = true; });
}

void EpollFile::note(std::uint64_t bits)
{
    for (std::size_t i = 0; i < interests_.size(); ++i)
        if ((bits & bit_of(i)) != 0)
            interests_[i].is_news = true;
}

Result<> EpollFile::wait(sys::Ticks deadline)
{
    auto const bits = TRY(changed_.wait(deadline));
    Lock::Guard const guard{lock_};
    note(bits);
    return {};
}

// What there is to tell about one. With EPOLLET, only after something has changed: its server tells
// of the next change even if something is there now.
Result<std::uint32_t> EpollFile::ready_of(std::size_t index, bool will_wait)
{
    Interest& interest = interests_[index];
    std::uint32_t const wanted = interest.event.events & ~modes;
    bool const is_edge = (interest.event.events & EPOLLET) != 0;
    if (wanted == 0 || (is_edge && !interest.is_news))
        return 0;
    auto const file = process_files().table().find(interest.descriptor);
    if (!file)
        return 0;
    auto const question = static_cast<short>(wanted | always | (is_edge ? poll_also_changes : 0));
    auto const notification = will_wait || is_edge ? changed_.handle() : 0;
    interest.is_news = false;
    auto const ready = file->poll(question, notification, bit_of(index));
    if (!ready && ready.error() == Status::interrupted) {
        interest.is_news = true;
        return fail(Status::interrupted);
    }
    return ready ? static_cast<std::uint16_t>(*ready) & (wanted | always) : EPOLLERR;
}

Result<std::size_t> EpollFile::collect(std::span<epoll_event> events, bool will_wait)
{
    Lock::Guard const guard{lock_};
    forget_closed();
    if (auto const bits = changed_.poll())
        note(*bits);
    std::size_t count = 0;
    std::size_t const total = interests_.size();
    for (std::size_t i = 0; i < total && count < events.size(); ++i) {
        std::size_t const index = (first_ + i) % total;
        auto const asked = ready_of(index, will_wait && count == 0);
        if (!asked && count == 0)
            return fail(asked.error());
        auto const ready = asked.value_or(0);
        if (ready == 0)
            continue;
        Interest& interest = interests_[index];
        events[count++] = {.events = ready, .data = interest.event.data};
        if ((interest.event.events & EPOLLONESHOT) != 0)
            interest.event.events &= modes;  // until it is changed
    }
    first_ = total == 0 ? 0 : (first_ + 1) % total;
    return count;
}

// Of another epoll file, or of poll: whether there is something.
Result<short> EpollFile::poll(short wanted, sys::HandleValue notification, std::uint64_t bits)
{
    Lock::Guard const guard{lock_};
    forget_closed();
    for (Interest const& interest : interests_) {
        auto const events = static_cast<short>((interest.event.events & ~modes) | always);
        auto const file = process_files().table().find(interest.descriptor);
        if (!file || (interest.event.events & ~modes) == 0)
            continue;
        auto const ready = file->poll(events, notification, bits);
        if (!ready && ready.error() == Status::interrupted)
            return ready;
        if (!ready || *ready != 0)
            return static_cast<short>(wanted & (POLLIN | POLLRDNORM));
    }
    return 0;
}

}  // namespace posix
