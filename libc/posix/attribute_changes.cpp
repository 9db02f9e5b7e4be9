// Modes, owners and times of files.
#include "libc/posix/calls.hpp"
#include <sys/stat.h>

namespace posix {
namespace {

constexpr long nobody = -1;  // of chown(): the owner or group stays

Result<> change_at(long directory, char const* name, AttributeChange const& change, bool no_follow)
{
    auto const path = TRY(process_files().resolve(directory, name));
    auto const root = TRY(process_files().root(path));
    return root->set_attributes(path.relative(), change, no_follow);
}

long change_open(long descriptor, AttributeChange const& change)
{
    return with_file(descriptor,
                     [&](OpenFile& file) { return to_return(file.set_attributes(change)); });
}

// With AT_EMPTY_PATH the descriptor itself may be meant.
long change_named(long directory, long name, AttributeChange const& change, long flags)
{
    if ((flags & ~long{AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH}) != 0)
        return -EINVAL;
    auto const* const text = pointer<char const>(name);
    if ((flags & AT_EMPTY_PATH) != 0 && text != nullptr && *text == 0)
        return change_open(directory, change);
    return to_return(change_at(directory, text, change, (flags & AT_SYMLINK_NOFOLLOW) != 0));
}

AttributeChange mode_change(long mode)
{
    constexpr long permission_bits = 07777;
    return {.set_mode = true, .mode = static_cast<std::uint16_t>(mode & permission_bits)};
}

AttributeChange owner_change(long owner, long group)
{
    auto const is_given = [](long id) { return static_cast<int>(id) != nobody; };
    return {.set_owner = is_given(owner),
            .set_group = is_given(group),
            .owner = static_cast<std::uint32_t>(owner),
            .group = static_cast<std::uint32_t>(group)};
}

TimeChange kind_of_change(timespec const& time)
{
    switch (time.tv_nsec) {
    case UTIME_NOW:
        return TimeChange::now;
    case UTIME_OMIT:
        return TimeChange::keep;
    default:
        return TimeChange::set;
    }
}

// `times`: of the last access and of the last modification; null: both become now.
AttributeChange time_change(timespec const* times)
{
    if (times == nullptr)
        return {.accessed = TimeChange::now, .modified = TimeChange::now};
    AttributeChange change{.accessed = kind_of_change(times[0]),
                           .modified = kind_of_change(times[1])};
    if (change.accessed == TimeChange::set) {
        change.accessed_seconds = times[0].tv_sec;
        change.accessed_nanoseconds = static_cast<std::uint32_t>(times[0].tv_nsec);
    }
    if (change.modified == TimeChange::set) {
        change.modified_seconds = times[1].tv_sec;
        change.modified_nanoseconds = static_cast<std::uint32_t>(times[1].tv_nsec);
    }
    return change;
}

}  // namespace

long change_mode_at(Arguments const& arguments, long flags)
{
    return change_named(arguments[0], arguments[1], mode_change(arguments[2]), flags);
}

long change_mode_of_open(Arguments const& arguments)
{
    return change_open(arguments[0], mode_change(arguments[1]));
}

long change_owner_at(Arguments const& arguments)
{
    auto const [directory, name, owner, group, flags, unused6] = arguments;
    return change_named(directory, name, owner_change(owner, group), flags);
}

long change_owner_of_open(Arguments const& arguments)
{
    return change_open(arguments[0], owner_change(arguments[1], arguments[2]));
}

// Without a name the descriptor itself is meant.
long change_times_at(Arguments const& arguments)
{
    auto const [directory, name, times, flags, unused5, unused6] = arguments;
    auto const change = time_change(pointer<timespec const>(times));
    if (name == 0)
        return change_open(directory, change);
    return change_named(directory, name, change, flags);
}

}  // namespace posix
