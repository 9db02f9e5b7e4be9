// Record locks, as a process asks for them.
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

}  // namespace posix
