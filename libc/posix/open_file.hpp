// What a file descriptor stands for: POSIX's "open file description". Descriptors that `dup` made
// share one, with its position.
#pragma once
#include "generated/interfaces/file.hpp"
#include "lib/base/result.hpp"
#include "libc/posix/inherited.hpp"
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <dirent.h>
#include <fcntl.h>
#include <optional>
#include <span>
#include <string_view>
#include <sys/stat.h>
#include <termios.h>

namespace posix {

using Bytes = std::span<std::byte>;
using ConstBytes = std::span<std::byte const>;

class OpenFile {
public:
    explicit OpenFile(int flags) : flags_{flags}, serial_{++last_serial} {}
    virtual ~OpenFile() = default;
    OpenFile(OpenFile const&) = delete;
    OpenFile& operator=(OpenFile const&) = delete;

    // At the file's position, which moves. The result may be less than asked for; 0 is the end.
    virtual Result<std::size_t> read(Bytes buffer) = 0;
    virtual Result<std::size_t> write(ConstBytes data) = 0;
    virtual Result<struct stat> attributes() = 0;

    // Files that have positions.
    virtual Result<std::size_t> read_at(std::uint64_t offset, Bytes buffer);
    virtual Result<std::size_t> write_at(std::uint64_t offset, ConstBytes data);
    virtual Result<std::uint64_t> seek(std::int64_t distance, int origin);
    virtual Result<> truncate(std::uint64_t size);
    virtual Result<> sync();
    // The content as memory. Errors: not_supported (it has none)
    virtual Result<Memory> map(bool writable);
    virtual bool has_position() const { return true; }

    // flock. A notification other than 0 is signalled, its bit 1, when one that would block may be
    // tried again. Errors: would_block, not_supported
    virtual Result<> lock(FileLock kind, sys::HandleValue notification);

    // Of all open files there ever were, only this one has it.
    std::uint64_t serial() const { return serial_; }
    virtual bool is_epoll() const { return false; }

    // Directories: fills the buffer with dirent structures; and where they are.
    virtual Result<std::size_t> list(Bytes buffer);
    virtual std::optional<std::string_view> directory_path() const { return std::nullopt; }

    // In a child, after a fork: whatever a thread of the parent was doing with it, it is not here.
    virtual void forget_other_threads() {}

    // What the next program needs to go on with it after exec.
    virtual InheritedKind inherited_kind() const { return InheritedKind::none; }
    virtual abi::HandleValue handle() const { return 0; }

    virtual Result<> set_attributes(AttributeChange const& change);

    // What of the events `wanted` is there (as in <poll.h>); if none is, the notification, if there
    // is one, is signalled once when that changes. Errors: busy
    virtual Result<short> poll(short wanted, sys::HandleValue notification, std::uint64_t bits);

    // ioctl.
    virtual long control(long request, long argument);

    // As given to open.
    int flags() const { return flags_; }
    // O_APPEND and O_NONBLOCK.
    virtual Result<> set_status_flags(int flags);
    bool can_read() const { return (flags_ & O_ACCMODE) != O_WRONLY; }
    bool can_write() const { return (flags_ & O_ACCMODE) != O_RDONLY; }

private:
    friend class FileReference;

    std::atomic<std::uint32_t> users_ = 0;
    std::atomic<int> flags_;
    std::uint64_t const serial_;

    static constinit inline std::atomic<std::uint64_t> last_serial = 0;
};

// One user of an open file; the last one closes it.
class FileReference {
public:
    FileReference() = default;
    explicit FileReference(OpenFile& file) : file_{&file} { ++file.users_; }
    FileReference(FileReference const& other) : file_{other.file_}
    {
        if (file_ != nullptr)
            ++file_->users_;
    }
    FileReference& operator=(FileReference other) noexcept
    {
        std::swap(file_, other.file_);
        return *this;
    }
    ~FileReference()
    {
        if (file_ != nullptr && --file_->users_ == 0)
            delete file_;
    }

    explicit operator bool() const { return file_ != nullptr; }
    OpenFile* operator->() const { return file_; }
    OpenFile& operator*() const { return *file_; }

private:
    OpenFile* file_ = nullptr;
};

}  // namespace posix
