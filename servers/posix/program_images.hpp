// ProgramImages: those of the programs that were started last, and of all that run. A file that was
// changed is another one.
#pragma once
#include "servers/posix/program_image.hpp"

namespace posix {

class ProgramImages {
public:
    static constexpr std::uint64_t most_pages = 6 * 256;  // 6 MiB, of this server's own memory

    // The image of an open program with these attributes. None if there is no room for it, or if it
    // is no program: then the process's own loader reads all of the file, and says what is wrong.
    SharedImage find(File const& file, Attributes const& attributes);

private:
    // Which content of which file.
    struct Identity {
        std::uint64_t volume;
        std::uint64_t inode;
        std::uint64_t size;
        std::int64_t changed;
        std::uint64_t changed_nanoseconds;

        bool operator==(Identity const&) const = default;
    };
    struct Entry {
        Identity identity;
        SharedImage image;
    };

    Result<SharedImage> read(File const& file, Identity const& identity);
    void make_room_for(std::uint64_t pages);

    std::vector<Entry> entries_;  // the one that was asked for last is last
    std::uint64_t page_count_ = 0;
};

}  // namespace posix
