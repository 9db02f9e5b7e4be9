#include "libc/posix/directory_file.hpp"
#include "libc/posix/attributes.hpp"
#include "libc/posix/directory_record.hpp"
#include "libc/posix/process_files.hpp"
#include <unistd.h>

namespace posix {
namespace {

constexpr std::size_t name_offset = offsetof(dirent, d_name);

std::size_t entry_bytes(std::size_t name_bytes)
{
    constexpr std::size_t alignment = alignof(dirent);
    return (name_offset + name_bytes + 1 + alignment - 1) / alignment * alignment;
}

}  // namespace

Result<struct stat> DirectoryFile::attributes()
{
    auto const attributes = TRY(directory_.attributes(""));
    return to_stat(attributes);
}

Result<> DirectoryFile::sync()
{
    TRY(directory_.sync());
    return {};
}

// The handle is good for listing only.
Result<> DirectoryFile::set_attributes(AttributeChange const& change)
{
    auto const root = TRY(process_files().root());
    return root->set_attributes(path_.relative(), change);
}

// To what telldir has said. The server's cookies are its own, and not of each entry.
Result<std::uint64_t> DirectoryFile::seek(std::int64_t distance, int origin)
{
    Lock::Guard guard{lock_};
    if (origin == SEEK_CUR && distance == 0)
        return index_;
    if (origin != SEEK_SET || distance < 0)
        return fail(Status::bad_argument);
    TRY(skip_to(static_cast<std::uint64_t>(distance)));
    return index_;
}

// A thread that was reading may have been anywhere; the entries that it had taken are taken.
void DirectoryFile::forget_other_threads()
{
    if (lock_.forget_owner())
        (void)skip_to(index_);
}

// From the beginning: `index` entries on, or to the end.
Result<> DirectoryFile::skip_to(std::uint64_t index)
{
    record_bytes_ = consumed_ = 0;
    cookie_ = index_ = 0;
    while (index_ < index && TRY(fill())) {
        auto const record = TRY(next_record());
        consumed_ += record.bytes;
        ++index_;
    }
    return {};
}

Result<DirectoryRecord> DirectoryFile::next_record() const
{
    return DirectoryRecord::parse(ConstBytes{records_}.first(record_bytes_).subspan(consumed_));
}

// Gets more records when all are consumed. False at the end of the directory.
Result<bool> DirectoryFile::fill()
{
    if (consumed_ < record_bytes_)
        return true;
    auto const reply = TRY(directory_.list(cookie_, records_));
    if (reply.count > records_.size())
        return fail(Status::io_error);
    cookie_ = reply.next;
    record_bytes_ = reply.count;
    consumed_ = 0;
    return record_bytes_ > 0;
}

Result<std::size_t> DirectoryFile::list(Bytes buffer)
{
    Lock::Guard guard{lock_};
    std::size_t used = 0;
    while (TRY(fill())) {
        auto const record = TRY(next_record());
        auto const bytes = entry_bytes(record.name.size());
        if (bytes > buffer.size() - used)
            return used > 0 ? Result<std::size_t>{used} : fail(Status::bad_argument);
        auto& to = *reinterpret_cast<dirent*>(buffer.data() + used);
        to.d_ino = record.inode;
        to.d_off = static_cast<off_t>(++index_);
        to.d_reclen = static_cast<unsigned short>(bytes);
        to.d_type = entry_type_of(static_cast<Kind>(record.kind));
        record.name.copy(to.d_name, record.name.size());
        to.d_name[record.name.size()] = 0;
        used += bytes;
        consumed_ += record.bytes;
    }
    return used;
}

}  // namespace posix
