#include "libc/posix/directory_file.hpp"
#include "libc/posix/attributes.hpp"
#include <cstring>
#include <unistd.h>

namespace posix {
namespace {

// What Directory.list leaves in the buffer; the name follows.
struct Record {
    std::uint64_t inode;
    std::uint16_t record_bytes;
    std::uint16_t name_bytes;
    std::uint8_t kind;
    std::uint8_t zero[3];
};
static_assert(sizeof(Record) == 16);

constexpr std::size_t name_offset = offsetof(dirent, d_name);

std::size_t entry_bytes(std::size_t name_bytes)
{
    constexpr std::size_t alignment = alignof(dirent);
    return (name_offset + name_bytes + 1 + alignment - 1) / alignment * alignment;
}

}  // namespace

struct DirectoryFile::Entry {
    Record record;
    std::string_view name;
};

Result<struct stat> DirectoryFile::attributes()
{
    auto const attributes = TRY(directory_.attributes("."));
    return to_stat(attributes);
}

Result<> DirectoryFile::sync()
{
    TRY(directory_.sync());
    return {};
}

// Only back to the beginning: the server's cookies are its own.
Result<std::uint64_t> DirectoryFile::seek(std::int64_t distance, int origin)
{
    Lock::Guard guard{lock_};
    if (origin == SEEK_CUR && distance == 0)
        return index_;
    if (origin != SEEK_SET || distance != 0)
        return fail(Status::bad_argument);
    record_bytes_ = consumed_ = 0;
    cookie_ = index_ = 0;
    return 0;
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

// The next record, checked: nothing that the server says is believed.
Result<DirectoryFile::Entry> DirectoryFile::next() const
{
    auto const rest = ConstBytes{records_}.first(record_bytes_).subspan(consumed_);
    Entry entry;
    if (rest.size() < sizeof(Record))
        return fail(Status::io_error);
    std::memcpy(&entry.record, rest.data(), sizeof(Record));
    if (entry.record.record_bytes > rest.size() || entry.record.name_bytes > NAME_MAX ||
        entry.record.record_bytes < sizeof(Record) + entry.record.name_bytes)
        return fail(Status::io_error);
    entry.name = {reinterpret_cast<char const*>(rest.data() + sizeof(Record)),
                  entry.record.name_bytes};
    return entry;
}

Result<std::size_t> DirectoryFile::list(Bytes buffer)
{
    Lock::Guard guard{lock_};
    std::size_t used = 0;
    while (TRY(fill())) {
        auto const entry = TRY(next());
        auto const bytes = entry_bytes(entry.name.size());
        if (bytes > buffer.size() - used)
            return used > 0 ? Result<std::size_t>{used} : fail(Status::bad_argument);
        auto& to = *reinterpret_cast<dirent*>(buffer.data() + used);
        to.d_ino = entry.record.inode;
        to.d_off = static_cast<off_t>(++index_);
        to.d_reclen = static_cast<unsigned short>(bytes);
        to.d_type = entry_type_of(static_cast<Kind>(entry.record.kind));
        entry.name.copy(to.d_name, entry.name.size());
        to.d_name[entry.name.size()] = 0;
        used += bytes;
        consumed_ += entry.record.record_bytes;
    }
    return used;
}

}  // namespace posix
