// FileLocks: flock(), by which open files keep each other out of a file, if they ask.
#pragma once
#include "generated/interfaces/file.hpp"
#include "servers/fs/tree/node.hpp"
#include <array>
#include <span>

class FileLocks {
public:
    using Holder = void const*;  // an open file

    // In place of what the holder has. Errors: would_block (another one is in the way: what the
    // holder had is gone), no_memory (there are too many)
    Result<> lock(fs::Node const& file, Holder holder, bool is_exclusive);
    void unlock(fs::Node const& file, Holder holder);
    // The notification is signalled once when a lock of the file goes, or earlier.
    void watch(fs::Node const& file, Notification notification, std::uint64_t bits);

private:
    struct Lock {
        fs::Node const* file = nullptr;
        Holder holder = nullptr;
        bool is_exclusive = false;
    };
    struct Watcher {
        fs::Node const* file = nullptr;  // nullptr: the place is free
        Notification notification;
        std::uint64_t bits = 0;
    };

    std::span<Lock> held() { return std::span{locks_}.first(count_); }
    void tell(fs::Node const* file);

    std::array<Lock, 256> locks_;
    std::size_t count_ = 0;
    std::array<Watcher, 64> watchers_;
};
