#include "servers/posix/record_locks.hpp"
#include <algorithm>

namespace posix {
namespace {

bool is_same_file(RecordLock const& one, RecordLock const& other)
{
    return one.volume == other.volume && one.inode == other.inode;
}

bool overlap(RecordLock const& one, RecordLock const& other)
{
    return is_same_file(one, other) && one.start <= other.last && other.start <= one.last;
}

}  // namespace

RecordLock const* RecordLocks::conflict(ProcessNumber owner, RecordLock const& wanted) const
{
    auto const found = std::ranges::find_if(held(), [&](RecordLock const& lock) {
        return lock.process != owner && overlap(lock, wanted) &&
               (lock.exclusive || wanted.exclusive);
    });
    return found == held().end() ? nullptr : &*found;
}

// Of one that covers more than the range, what is before and behind it stays.
void RecordLocks::cut(ProcessNumber owner, RecordLock const& range)
{
    for (std::size_t i = count_; i-- != 0;) {
        RecordLock const lock = locks_[i];
        if (lock.process != owner || !overlap(lock, range))
            continue;
        drop(i);
        if (lock.start < range.start) {
            add(lock);
            locks_[count_ - 1].last = range.start - 1;
        }
        if (lock.last > range.last) {
            add(lock);
            locks_[count_ - 1].start = range.last + 1;
        }
    }
}

Result<> RecordLocks::lock(ProcessNumber owner, RecordLock const& wanted)
{
    constexpr std::size_t most_new = 2;  // itself, and one that it cuts in two
    if (wanted.last < wanted.start)
        return fail(Status::bad_argument);
    if (conflict(owner, wanted) != nullptr)
        return fail(Status::would_block);
    if (count_ + most_new > most_locks)
        return fail(Status::no_memory);
    cut(owner, wanted);
    add(wanted);
    locks_[count_ - 1].process = owner;
    serve_waiting();  // a shared lock may have taken the place of an exclusive one
    return {};
}

Result<> RecordLocks::unlock(ProcessNumber owner, RecordLock const& range)
{
    if (range.last < range.start)
        return fail(Status::bad_argument);
    if (count_ == most_locks)
        return fail(Status::no_memory);
    cut(owner, range);
    serve_waiting();
    return {};
}

void RecordLocks::release(ProcessNumber owner, RecordLock const& file)
{
    for (std::size_t i = count_; i-- != 0;)
        if (locks_[i].process == owner && is_same_file(locks_[i], file))
            drop(i);
    serve_waiting();
}

void RecordLocks::release(ProcessNumber owner)
{
    for (Waiting& waiting : waiting_)
        if (waiting.owner == owner)
            waiting = {};
    for (std::size_t i = count_; i-- != 0;)
        if (locks_[i].process == owner)
            drop(i);
    serve_waiting();
}

RecordLock RecordLocks::obstacle(ProcessNumber owner, RecordLock const& wanted) const
{
    RecordLock const* const found = conflict(owner, wanted);
    return found == nullptr ? RecordLock{} : *found;
}

RecordLocks::Waiting const* RecordLocks::waiting_of(ProcessNumber owner) const
{
    auto const found = std::ranges::find(waiting_, owner, &Waiting::owner);
    return found == waiting_.end() ? nullptr : &*found;
}

// Whether `waiter` goes on only when `owner` has given something up. Each step goes to another
// process that waits, so there are no more steps than those.
bool RecordLocks::waits_for(ProcessNumber waiter, ProcessNumber owner, std::size_t depth) const
{
    Waiting const* const waiting = waiting_of(waiter);
    if (waiting == nullptr || depth == most_waiting)
        return false;
    return std::ranges::any_of(held(), [&](RecordLock const& lock) {
        bool const is_in_the_way = lock.process != waiter && overlap(lock, waiting->wanted) &&
                                   (lock.exclusive || waiting->wanted.exclusive);
        return is_in_the_way &&
               (lock.process == owner || waits_for(lock.process, owner, depth + 1));
    });
}

Result<> RecordLocks::wait(ProcessNumber owner, RecordLock const& wanted)
{
    bool const is_circle = std::ranges::any_of(held(), [&](RecordLock const& lock) {
        return lock.process != owner && overlap(lock, wanted) &&
               (lock.exclusive || wanted.exclusive) && waits_for(lock.process, owner, 0);
    });
    if (is_circle)
        return fail(Status::deadlock);
    auto const place = std::ranges::find(waiting_, 0, &Waiting::owner);
    if (place == waiting_.end() || waiting_of(owner) != nullptr)
        return fail(Status::no_memory);
    auto reply = TRY(sys::take_reply<Posix::LockRecordCall>());
    *place = {owner, wanted, std::move(reply)};
    return fail(sys::later);
}

void RecordLocks::serve_waiting()
{
    for (Waiting& waiting : waiting_) {
        if (waiting.owner == 0 || conflict(waiting.owner, waiting.wanted) != nullptr ||
            count_ + 2 > most_locks)
            continue;
        cut(waiting.owner, waiting.wanted);
        add(waiting.wanted);
        locks_[count_ - 1].process = waiting.owner;
        waiting.reply.send({});
        waiting = {};
    }
}

void RecordLocks::interrupt(ProcessNumber waiter)
{
    for (Waiting& waiting : waiting_)
        if (waiting.owner == waiter && waiter != 0) {
            waiting.reply.send(fail(Status::interrupted));
            waiting = {};
        }
}

}  // namespace posix
