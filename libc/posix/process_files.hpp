// What a process knows about files: its descriptors, its directories, its file mode mask.
#pragma once
#include "generated/interfaces/file.hpp"
#include "libc/posix/file_table.hpp"
#include "libc/posix/path.hpp"

namespace posix {

class ProcessFiles {
public:
    // Descriptors are those of the program before this one; or standard input, output and error are
    // the console, or output goes to the log.
    ProcessFiles();

    FileTable& table() { return table_; }

    // What `path` is below: the file server's root directory or, for /dev and /proc of a POSIX
    // process, that of servers/posix. Errors: not_granted
    Result<Directory const*> root(Path const& path) const;
    Result<Directory const*> root() const { return root(Path{}); }

    // As another user sees it. Context: no other thread uses files.
    void set_root(Directory root) { root_ = std::move(root); }

    // `path` from the directory that a descriptor or AT_FDCWD names.
    // Errors: bad_address, not_found, name_too_long, bad_handle, not_a_directory
    Result<Path> resolve(long directory, char const* path);

    // Held during a fork, before the table's.
    Lock& current_directory_lock() { return current_lock_; }
    Path current_directory();
    void set_current_directory(Path const& path);

    mode_t mode_mask() const { return mode_mask_; }
    mode_t set_mode_mask(mode_t mask) { return mode_mask_.exchange(mask); }

private:
    void open_console();
    void inherit(InheritedHeader const& header);
    Result<Path> directory_at(long directory);

    Directory root_;
    FileTable table_;
    Lock current_lock_;
    Path current_;  // guarded by current_lock_
    std::atomic<mode_t> mode_mask_ = 022;
};

// A descriptor of a new file, or minus an errno.
long new_descriptor(Result<FileReference> const& file, bool close_on_exec);

// Null until they are asked for.
inline constinit std::atomic<ProcessFiles*> created_process_files = nullptr;
ProcessFiles& create_process_files();

inline ProcessFiles& process_files()
{
    ProcessFiles* const files = created_process_files.load(std::memory_order_acquire);
    return files != nullptr ? *files : create_process_files();
}

}  // namespace posix
