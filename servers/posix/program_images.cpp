#include "servers/posix/program_images.hpp"
#include <algorithm>

namespace posix {

SharedImage ProgramImages::find(File const& file, Attributes const& attributes)
{
    Identity const identity{.volume = attributes.volume,
                            .inode = attributes.inode,
                            .size = attributes.size,
                            .changed = attributes.changed,
                            .changed_nanoseconds = attributes.changed_nanoseconds};
    auto const found = std::ranges::find(entries_, identity, &Entry::identity);
    if (found == entries_.end())
        return read(file, identity).value_or(SharedImage{});
    if (found + 1 != entries_.end())
        std::rotate(found, found + 1, entries_.end());
    return entries_.back().image;
}

Result<SharedImage> ProgramImages::read(File const& file, Identity const& identity)
{
    make_room_for(sys::pages_for(identity.size));
    auto program = TRY(ProgramImage::read(file, identity.size, most_pages - page_count_));
    auto image = TRY(SharedImage::make(std::move(program)));
    entries_.push_back({identity, image});
    page_count_ += image->page_count();
    return image;
}

// Forgets those that no process runs.
void ProgramImages::make_room_for(std::uint64_t pages)
{
    std::erase_if(entries_, [&](Entry const& entry) {
        bool const goes = pages > most_pages - page_count_ && entry.image.is_only();
        if (goes)
            page_count_ -= entry.image->page_count();
        return goes;
    });
}

}  // namespace posix
