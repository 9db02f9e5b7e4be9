#include "libc/posix/file_table.hpp"
#include <algorithm>
#include <utility>

namespace posix {

FileReference FileTable::find(long descriptor)
{
    Lock::Guard guard{lock_};
    return is_valid(descriptor) ? slots_[static_cast<std::size_t>(descriptor)].file
                                : FileReference{};
}

int FileTable::end()
{
    Lock::Guard guard{lock_};
    return end_;
}

// The lock is held.
FileTable::Slot& FileTable::use(int descriptor)
{
    end_ = std::max(end_, descriptor + 1);
    return slots_[static_cast<std::size_t>(descriptor)];
}

int FileTable::add(FileReference file, bool close_on_exec, int lowest)
{
    Lock::Guard guard{lock_};
    for (int descriptor = lowest; descriptor < limit_; ++descriptor) {
        if (slots_[static_cast<std::size_t>(descriptor)].file)
            continue;
        use(descriptor) = {std::move(file), close_on_exec};
        return descriptor;
    }
    return -1;
}

bool FileTable::set(long descriptor, FileReference file, bool close_on_exec)
{
    if (!is_valid(descriptor))
        return false;
    Slot replaced{std::move(file), close_on_exec};
    Lock::Guard guard{lock_};
    std::swap(use(static_cast<int>(descriptor)), replaced);
    return true;  // what was there is closed after the lock is released
}

FileReference FileTable::take(long descriptor)
{
    Slot taken;
    Lock::Guard guard{lock_};
    if (is_valid(descriptor))
        std::swap(slots_[static_cast<std::size_t>(descriptor)], taken);
    return taken.file;
}

bool FileTable::closes_on_exec(long descriptor)
{
    Lock::Guard guard{lock_};
    return is_valid(descriptor) && slots_[static_cast<std::size_t>(descriptor)].close_on_exec;
}

void FileTable::close_for_exec()
{
    for (int descriptor = 0; descriptor < end(); ++descriptor)
        if (closes_on_exec(descriptor))
            take(descriptor);
}

void FileTable::set_close_on_exec(long descriptor, bool close_on_exec)
{
    Lock::Guard guard{lock_};
    if (is_valid(descriptor))
        slots_[static_cast<std::size_t>(descriptor)].close_on_exec = close_on_exec;
}

void FileTable::forget_other_threads()
{
    for (int descriptor = 0; descriptor < end(); ++descriptor)
        if (auto const file = find(descriptor))
            file->forget_other_threads();
}

}  // namespace posix
