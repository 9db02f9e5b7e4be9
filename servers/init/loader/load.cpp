#include "servers/init/loader/load.hpp"
#include "lib/sys/memory.hpp"
#include <algorithm>

namespace loader {

Result<elf::Image> read_headers(ProgramFile& file, std::span<std::byte, head_bytes> head)
{
    std::uint64_t const size = TRY(file.size());
    auto const used = head.first(std::min<std::uint64_t>(size, head.size()));
    TRY(file.read(0, used));
    return elf::Image::parse(used, size);
}

static sys::ProtectionBits protection_of(elf::Segment const& segment)
{
    return sys::protect_read | (segment.writable ? sys::protect_write : 0) |
           (segment.executable ? sys::protect_execute : 0);
}

// Memory of this process's own, filled while it is writable and not yet executable.
static Result<> copy_segment(ProgramFile& file, elf::Segment const& segment)
{
    constexpr auto writable = sys::protect_read | sys::protect_write;
    auto const memory = TRY(sys::Memory::create(segment.page_count()));
    TRY(sys::map({.memory = memory.handle(),
                  .address = segment.first_page_address(),
                  .page_count = segment.page_count(),
                  .protection = writable}));

    TRY(file.read(segment.file_offset,
                  {reinterpret_cast<std::byte*>(segment.address), segment.file_bytes}));
    if (protection_of(segment) == writable)
        return {};
    return sys::protect(sys::own_process, segment.first_page_address(), segment.page_count(),
                        protection_of(segment));
}

Result<> map_segments(ProgramFile& file, elf::Image const& image, bool has_image)
{
    for (elf::Segment const segment : image.segments()) {
        if (has_image && !segment.writable)
            continue;
        bool const mapped = TRY(file.map_in_place(segment));
        if (!mapped)
            TRY(copy_segment(file, segment));
    }
    return {};
}

}  // namespace loader
