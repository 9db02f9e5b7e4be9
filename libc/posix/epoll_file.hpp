// An epoll file: which descriptors a process is interested in. The list is the process's own; a
// child gets a copy of it.
#pragma once
#include "lib/sys/notification.hpp"
#include "libc/posix/lock.hpp"
#include "libc/posix/open_file.hpp"
#include <span>
#include <sys/epoll.h>
#include <vector>

namespace posix {

class EpollFile final : public OpenFile {
public:
    static Result<FileReference> create();

    Result<std::size_t> read(Bytes) override { return fail(Status::bad_argument); }
    Result<std::size_t> write(ConstBytes) override { return fail(Status::bad_argument); }
    Result<struct stat> attributes() override;
    bool has_position() const override { return false; }
    bool is_epoll() const override { return true; }
    void forget_other_threads() override { (void)lock_.forget_owner(); }
    Result<short> poll(short wanted, sys::HandleValue notification, std::uint64_t bits) override;

    // Errors: already_exists, not_found, no_memory (too many)
    Result<> add(int descriptor, OpenFile const& file, epoll_event const& event);
    Result<> change(int descriptor, OpenFile const& file, epoll_event const& event);
    Result<> remove(int descriptor, OpenFile const& file);

    // How many events there are now; if none, those that come will signal the notification.
    Result<std::size_t> collect(std::span<epoll_event> events, bool will_wait);
    // Errors: timed_out, interrupted
    Result<> wait(sys::Ticks deadline);

private:
    struct Interest {
        int descriptor;
        std::uint64_t file;  // its serial number: another one may have the descriptor later
        epoll_event event;
        bool is_news;  // with EPOLLET: there may be something that was not told yet
    };

    explicit EpollFile(sys::Notification changed) : OpenFile{O_RDWR}, changed_{std::move(changed)}
    {
    }

    Interest* find(int descriptor, OpenFile const& file);
    void forget_closed();
    void note(std::uint64_t bits);
    Result<std::uint32_t> ready_of(std::size_t index, bool will_wait);

    sys::Notification changed_;
    Lock lock_;
    std::vector<Interest> interests_;  // guarded by lock_
    std::size_t first_ = 0;            // whose turn it is, so that everybody is heard
};

}  // namespace posix
