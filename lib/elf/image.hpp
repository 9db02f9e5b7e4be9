// An ELF program that has been checked: what to map where, and where to start.
//
// Nothing is copied: an Image refers to the bytes that it was parsed from, which must outlive it
// and must not change meanwhile (a writer elsewhere could undo the checks). The same code loads
// init in the kernel and every other program in user space.
#pragma once
#include "lib/base/result.hpp"
#include "lib/elf/segment.hpp"
#include <cstddef>
#include <optional>
#include <span>

namespace elf {

class Image {
public:
    // Programs live between these two addresses; start information is below, stacks are above.
    static constexpr std::uint64_t lowest_address = 0x100000;
    static constexpr std::uint64_t address_limit = 0x3e'0000'0000;
    static constexpr std::size_t max_program_headers = 32;

    // Checks a whole file. Errors: bad_executable.
    static Result<Image> parse(std::span<std::byte const> file) { return parse(file, file.size()); }

    // The same for a file of `file_bytes` bytes of which only the first ones are at hand: its
    // headers must be among them, its segments need not be. Errors: bad_executable.
    static Result<Image> parse(std::span<std::byte const> head, std::uint64_t file_bytes);

    std::uint64_t entry() const { return header_.entry; }

    // The loadable segments, in ascending order of address; no two share a page.
    SegmentRange segments() const { return {headers()}; }

    // Where the program finds its own program headers once it is mapped (AT_PHDR, AT_PHNUM); no
    // address if no segment contains them.
    std::optional<std::uint64_t> program_headers_address() const;
    std::size_t program_header_count() const { return header_.program_header_count; }

private:
    Image(std::span<std::byte const> head, FileHeader const& header) : head_{head}, header_{header}
    {
    }

    std::span<std::byte const> headers() const
    {
        return head_.subspan(header_.program_header_offset,
                             header_.program_header_count * sizeof(ProgramHeader));
    }

    std::span<std::byte const> head_;
    FileHeader header_;
};

}  // namespace elf
