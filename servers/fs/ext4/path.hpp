// Paths: from a directory, part by part, through symbolic links, never above that directory.
#pragma once
#include "servers/fs/ext4/inode_table.hpp"
#include <array>
#include <string_view>

namespace ext4 {

enum class LastLink { follow, keep };

// The directories from the one that a path is relative to down to the current one. ".." goes back
// along it, so no content of the volume can lead above the start.
class PathStack {
public:
    static constexpr std::size_t deepest = 256;

    explicit PathStack(InodeNumber start) : numbers_{start} {}

    InodeNumber current() const { return numbers_[count_ - 1]; }
    bool contains(InodeNumber number) const;
    bool push(InodeNumber number);  // false: too deep
    void pop()
    {
        if (count_ > 1)
            --count_;
    }
    void restart() { count_ = 1; }

private:
    std::array<InodeNumber, deepest> numbers_;
    std::size_t count_ = 1;
};

// The place that a path names, whether or not anything is there.
struct Place {
    InodeRef directory;
    PathStack ancestors;    // of what is at the place
    std::string_view name;  // "." if the path ends in the directory itself
};

// Errors of both: not_found, not_a_directory, name_too_long (or too many links), corrupt, io_error,
// no_memory.
Result<InodeRef> find_path(Volume& volume, Inode& start, std::string_view path,
                           LastLink last = LastLink::follow);

// The last part is not looked at. `path` must outlive the place.
Result<Place> find_place(Volume& volume, Inode& start, std::string_view path);

// What a symbolic link says, in `buffer`. Errors: corrupt, name_too_long, io_error, no_memory.
Result<std::string_view> read_link(Volume& volume, Inode& link, std::span<char> buffer);

}  // namespace ext4
