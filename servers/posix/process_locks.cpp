// Record locks and words that processes share, as a process asks for them.
#include "servers/posix/process.hpp"

namespace posix {

Result<> Process::lock_record(RecordLock const& wanted, bool waits)
{
    RecordLock const copy = wanted;
    auto const locked = service_.record_locks.lock(number_, copy);
    if (locked || locked.error() != Status::would_block || !waits)
        return locked;
    return service_.record_locks.wait(number_, copy);
}

Result<> Process::unlock_record(RecordLock const& range)
{
    return service_.record_locks.unlock(number_, range);
}

Result<RecordLock> Process::record_obstacle(RecordLock const& wanted)
{
    return service_.record_locks.obstacle(number_, wanted);
}

Result<> Process::release_records(std::uint32_t volume, std::uint64_t inode)
{
    service_.record_locks.release(number_, {.volume = volume, .inode = inode});
    return {};
}

Result<Posix::WaitSharedResults> Process::wait_shared(SharedWord const& word, std::uint64_t wakes,
                                                      std::uint64_t deadline, std::int32_t owner)
{
    if (owner != 0 && TRY(has_ended(owner)))
        return SharedWaits::look_again;
    SharedWaits::Caller const caller{number_, user_->credentials().real_user, owner};
    return service_.shared_waits.wait(caller, word, wakes, deadline);
}

Result<bool> Process::has_ended(std::int32_t process)
{
    Process const* const found = service_.processes.find(process);
    return found == nullptr || found->state_ == State::ended;
}

Result<std::uint32_t> Process::wake_shared(SharedWord const& word, std::uint32_t count)
{
    return service_.shared_waits.wake(word, count);
}

}  // namespace posix
