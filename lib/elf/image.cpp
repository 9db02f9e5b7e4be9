#include "lib/elf/image.hpp"

namespace elf {

static bool is_supported(FileHeader const& header)
{
    return std::memcmp(header.magic, magic, sizeof magic) == 0 && header.file_class == class_64 &&
           header.byte_order == little_endian && header.ident_version == current_version &&
           header.version == current_version && header.type == type_executable &&
           header.machine == machine_riscv && header.header_bytes == sizeof(FileHeader) &&
           header.program_header_bytes == sizeof(ProgramHeader);
}

static bool headers_are_at_hand(FileHeader const& header, std::size_t head_bytes)
{
    std::uint64_t const bytes = header.program_header_count * sizeof(ProgramHeader);
    return header.program_header_count != 0 &&
           header.program_header_count <= Image::max_program_headers && bytes <= head_bytes &&
           header.program_header_offset <= head_bytes - bytes;
}

// A program that wants a dynamic linker cannot run here.
static bool wants_linker(std::span<std::byte const> headers)
{
    for (std::size_t i = 0; i < headers.size() / sizeof(ProgramHeader); ++i)
        if (read_program_header(headers, i).type == SegmentType::interpreter)
            return true;
    return false;
}

static bool fits_the_file(Segment const& segment, std::uint64_t file_bytes)
{
    return segment.file_bytes <= segment.memory_bytes && segment.file_bytes <= file_bytes &&
           segment.file_offset <= file_bytes - segment.file_bytes;
}

// `lowest` is where the segment may start: no page of it may belong to an earlier one.
static bool fits_the_address_space(Segment const& segment, std::uint64_t lowest)
{
    return segment.first_page_address() >= lowest && segment.address < Image::address_limit &&
           segment.memory_bytes <= Image::address_limit - segment.address;
}

static bool is_mappable(Segment const& segment)
{
    bool const congruent = (segment.address - segment.file_offset) % page_bytes == 0;
    return congruent && !(segment.writable && segment.executable);
}

static bool contains(Segment const& segment, std::uint64_t address)
{
    return address >= segment.address && address - segment.address < segment.memory_bytes;
}

Result<Image> Image::parse(std::span<std::byte const> head, std::uint64_t file_bytes)
{
    FileHeader header;
    if (head.size() < sizeof header)
        return fail(Status::bad_executable);
    std::memcpy(&header, head.data(), sizeof header);
    if (!is_supported(header) || !headers_are_at_hand(header, head.size()))
        return fail(Status::bad_executable);

    Image const image{head, header};
    if (wants_linker(image.headers()))
        return fail(Status::bad_executable);

    std::uint64_t lowest = lowest_address;
    bool entry_found = false;
    for (Segment const segment : image.segments()) {
        if (!fits_the_file(segment, file_bytes) || !fits_the_address_space(segment, lowest) ||
            !is_mappable(segment))
            return fail(Status::bad_executable);
        lowest = segment.first_page_address() + segment.page_count() * page_bytes;
        entry_found = entry_found || (segment.executable && contains(segment, header.entry));
    }
    if (!entry_found || header.entry % 2 != 0)
        return fail(Status::bad_executable);
    return image;
}

std::optional<std::uint64_t> Image::program_headers_address() const
{
    std::uint64_t const bytes = header_.program_header_count * sizeof(ProgramHeader);
    for (Segment const segment : segments()) {
        std::uint64_t const offset = header_.program_header_offset - segment.file_offset;
        if (header_.program_header_offset >= segment.file_offset && bytes <= segment.file_bytes &&
            offset <= segment.file_bytes - bytes)
            return segment.address + offset;
    }
    return std::nullopt;
}

}  // namespace elf
