#include "servers/posix/program_image.hpp"
#include <algorithm>
#include <array>

namespace posix {
namespace {

constexpr std::size_t head_bytes = 1024;  // as many as the loader reads

// Errors: bad_executable (the file ends before)
Result<> read_all(File const& file, std::uint64_t offset, std::span<std::byte> buffer)
{
    while (!buffer.empty()) {
        auto const count = TRY(file.read(offset, buffer));
        if (count == 0 || count > buffer.size())
            return fail(Status::bad_executable);
        offset += count;
        buffer = buffer.subspan(count);
    }
    return {};
}

}  // namespace

Result<ProgramImage> ProgramImage::read(File const& file, std::uint64_t file_bytes,
                                        std::uint64_t most_pages)
{
    std::array<std::byte, head_bytes> head;
    auto const used = std::span{head}.first(std::min<std::uint64_t>(file_bytes, head.size()));
    TRY(read_all(file, 0, used));
    auto const image = TRY(elf::Image::parse(used, file_bytes));
    ProgramImage result;
    TRY(result.add_parts(image, most_pages));
    if (result.page_count_ != 0)
        TRY(result.fill(file, image));
    return result;
}

Result<> ProgramImage::add_parts(elf::Image const& image, std::uint64_t most_pages)
{
    for (elf::Segment const segment : image.segments()) {
        if (segment.writable)
            continue;
        if (segment.page_count() > most_pages - page_count_)
            return fail(Status::too_large);
        parts_.push_back({.address = segment.first_page_address(),
                          .first_page = page_count_,
                          .page_count = segment.page_count(),
                          .is_executable = segment.executable});
        page_count_ += segment.page_count();
    }
    return {};
}

Result<> ProgramImage::fill(File const& file, elf::Image const& image)
{
    auto const memory = TRY(sys::Memory::create(page_count_));
    auto const pages = TRY(memory.map());
    auto part = parts_.begin();
    for (elf::Segment const segment : image.segments()) {
        if (segment.writable)
            continue;
        auto const offset = part->first_page * abi::page_size + segment.address % abi::page_size;
        TRY(read_all(file, segment.file_offset, pages.bytes().subspan(offset, segment.file_bytes)));
        ++part;
    }
    constexpr auto rights = sys::rights(abi::Right::read, abi::Right::execute);
    memory_ = sys::Memory{TRY(sys::duplicate(memory.handle(), rights))};
    return {};
}

Result<> ProgramImage::map_into(sys::HandleValue process) const
{
    for (Part const& part : parts_) {
        auto const protection =
            part.is_executable ? sys::protect_read | sys::protect_execute : sys::protect_read;
        TRY(sys::map({.process = process,
                      .memory = memory_.handle(),
                      .address = part.address,
                      .first_page = part.first_page,
                      .page_count = part.page_count,
                      .protection = protection | abi::map_shared}));
    }
    return {};
}

}  // namespace posix
