// RecordLocks: which process holds which bytes of which file, as fcntl() has it, and who waits for
// them. A lock is only a word between processes: nothing is kept from who does not ask.
#pragma once
#include "generated/interfaces/posix.hpp"
#include "lib/sys/later.hpp"
#include "servers/posix/interruptible.hpp"
#include <array>
#include <span>

namespace posix {

class RecordLocks final : public Interruptible {
public:
    explicit RecordLocks(Interruptibles& interruptibles) : interruptibles_{interruptibles}
    {
        interruptibles_.add(*this);
    }
    ~RecordLocks() { interruptibles_.remove(*this); }

    // In place of what the owner held of that range. Errors: bad_argument (no bytes), would_block
    // (another holds some of it), no_memory (there are too many)
    Result<> lock(ProcessNumber owner, RecordLock const& wanted);
    Result<> unlock(ProcessNumber owner, RecordLock const& range);
    // All that a process holds, of one file or of all.
    void release(ProcessNumber owner, RecordLock const& file);
    void release(ProcessNumber owner);

    // What keeps the owner from a lock; of process 0: nothing.
    RecordLock obstacle(ProcessNumber owner, RecordLock const& wanted) const;

    // The call that is being served waits for the lock. Errors: deadlock (who has it waits for the
    // owner), no_memory; else sys::later
    Result<> wait(ProcessNumber owner, RecordLock const& wanted);
    void interrupt(ProcessNumber waiter) override;

private:
    static constexpr std::size_t most_locks = 256;
    static constexpr std::size_t most_waiting = 64;

    struct Waiting {
        ProcessNumber owner = 0;  // 0: the place is free
        RecordLock wanted{};
        sys::Reply<Posix::LockRecordCall> reply{sys::Handle{}};
    };

    std::span<RecordLock const> held() const { return std::span{locks_}.first(count_); }
    RecordLock const* conflict(ProcessNumber owner, RecordLock const& wanted) const;
    void cut(ProcessNumber owner, RecordLock const& range);
    void add(RecordLock const& lock) { locks_[count_++] = lock; }
    void drop(std::size_t index) { locks_[index] = locks_[--count_]; }
    Waiting const* waiting_of(ProcessNumber owner) const;
    bool waits_for(ProcessNumber waiter, ProcessNumber owner, std::size_t depth) const;
    void serve_waiting();

    Interruptibles& interruptibles_;
    std::array<RecordLock, most_locks> locks_{};
    std::size_t count_ = 0;
    std::array<Waiting, most_waiting> waiting_;
};

}  // namespace posix
