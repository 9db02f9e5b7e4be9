// The process's descriptors.
#pragma once
#include "libc/posix/lock.hpp"
#include "libc/posix/open_file.hpp"
#include <algorithm>
#include <array>
#include <atomic>

namespace posix {

class FileTable {
public:
    static constexpr int capacity = 128;

    // New descriptors are less than that, which is at most the capacity.
    int limit() const { return limit_; }
    void set_limit(int limit) { limit_ = std::clamp(limit, 0, capacity); }

    // No descriptor from here on was ever open.
    int end();

    // Nothing where there is no such descriptor.
    FileReference find(long descriptor);

    // At the lowest free descriptor from `lowest` on; -1 if there is none.
    int add(FileReference file, bool close_on_exec, int lowest = 0);

    // In place of whatever the descriptor stands for now. False if there is no such number.
    bool set(long descriptor, FileReference file, bool close_on_exec);

    // What the descriptor stood for, which it does no more.
    FileReference take(long descriptor);

    bool closes_on_exec(long descriptor);
    // Closes those that do.
    void close_for_exec();
    void set_close_on_exec(long descriptor, bool close_on_exec);

    // Held during a fork, so that the child's copy is sound.
    Lock& lock() { return lock_; }
    // In the child: threads that were at work on open files are not here.
    void forget_other_threads();

private:
    struct Slot {
        FileReference file;
        bool close_on_exec = false;
    };

    Slot& use(int descriptor);
    static bool is_valid(long descriptor) { return descriptor >= 0 && descriptor < capacity; }

    Lock lock_;
    std::array<Slot, capacity> slots_;  // guarded by lock_
    int end_ = 0;                       // the same
    std::atomic<int> limit_ = capacity;
};

}  // namespace posix
