#include "servers/fs/file_locks.hpp"
#include "lib/sys/syscalls.hpp"
#include <algorithm>

Result<> FileLocks::lock(fs::Node const& file, Holder holder, bool is_exclusive)
{
    bool const is_kept_out = std::ranges::any_of(held(), [&](Lock const& lock) {
        return lock.file == &file && lock.holder != holder && (lock.is_exclusive || is_exclusive);
    });
    unlock(file, holder);
    if (is_kept_out)
        return fail(Status::would_block);
    if (count_ == locks_.size())
        return fail(Status::no_memory);
    locks_[count_++] = {&file, holder, is_exclusive};
    return {};
}

// An open file has one lock at most.
void FileLocks::unlock(fs::Node const& file, Holder holder)
{
    auto const found = std::ranges::find(held(), holder, &Lock::holder);
    if (found == held().end())
        return;
    *found = locks_[--count_];
    tell(&file);
}

// If there is no room, those who wait look again.
void FileLocks::watch(fs::Node const& file, Notification notification, std::uint64_t bits)
{
    auto place = std::ranges::find(watchers_, nullptr, &Watcher::file);
    if (place == watchers_.end()) {
        for (Watcher const& watcher : watchers_)
            tell(watcher.file);
        place = watchers_.begin();
    }
    *place = {&file, std::move(notification), bits};
}

void FileLocks::tell(fs::Node const* file)
{
    for (Watcher& watcher : watchers_) {
        if (file == nullptr || watcher.file != file)
            continue;
        (void)sys::signal(watcher.notification.value(), watcher.bits);
        watcher = {};
    }
}
