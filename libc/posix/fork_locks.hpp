// What a child gets a copy of has to be sound: no thread of the parent may be in the middle of a
// change. musl does the same for what is its own.
#pragma once
#include "libc/posix/lock.hpp"
#include "libc/posix/process_files.hpp"
#include <optional>

namespace posix {

Lock& users_lock();     // users.cpp
Lock& mappings_lock();  // file_mappings.cpp

// Holds the locks that are held for a short time only. Those of open files are not among them: a
// thread may wait for input with one of these.
class ForkLocks {
public:
    ForkLocks()
    {
        if (ProcessFiles* const files = created_process_files) {
            current_directory_.emplace(files->current_directory_lock());
            table_.emplace(files->table().lock());
        }
    }

private:
    Lock::Guard users_{users_lock()};
    Lock::Guard mappings_{mappings_lock()};
    std::optional<Lock::Guard> current_directory_;
    std::optional<Lock::Guard> table_;
};

}  // namespace posix
