// The loadable segments of an ELF file, and a range that walks them.
#pragma once
#include "lib/elf/format.hpp"
#include <cstddef>
#include <cstring>
#include <span>

namespace elf {

inline constexpr std::uint64_t page_bytes = 4096;

struct Segment {
    std::uint64_t file_offset{};  // congruent to `address` modulo the page size
    std::uint64_t file_bytes{};   // taken from the file; the rest up to memory_bytes is zero
    std::uint64_t address{};
    std::uint64_t memory_bytes{};  // not 0
    bool readable{};
    bool writable{};
    bool executable{};

    constexpr std::uint64_t first_page_address() const { return address & ~(page_bytes - 1); }
    constexpr std::uint64_t end() const { return address + memory_bytes; }
    constexpr std::uint64_t page_count() const
    {
        return (end() - first_page_address() + page_bytes - 1) / page_bytes;
    }
};

// Program headers as they are in the file, which need not be aligned.
inline ProgramHeader read_program_header(std::span<std::byte const> headers, std::size_t index)
{
    ProgramHeader header;
    std::memcpy(&header, headers.data() + index * sizeof header, sizeof header);
    return header;
}

class SegmentRange {
public:
    struct End {};

    class Iterator {
    public:
        explicit Iterator(std::span<std::byte const> headers) : headers_{headers} { find_load(); }

        Segment operator*() const
        {
            ProgramHeader header = read_program_header(headers_, 0);
            return {.file_offset = header.file_offset,
                    .file_bytes = header.file_bytes,
                    .address = header.address,
                    .memory_bytes = header.memory_bytes,
                    .readable = (header.flags & flag_read) != 0,
                    .writable = (header.flags & flag_write) != 0,
                    .executable = (header.flags & flag_execute) != 0};
        }
        Iterator& operator++()
        {
            headers_ = headers_.subspan(sizeof(ProgramHeader));
            find_load();
            return *this;
        }
        bool operator==(End) const { return headers_.empty(); }

    private:
        void find_load()
        {
            while (!headers_.empty() && !is_load(read_program_header(headers_, 0)))
                headers_ = headers_.subspan(sizeof(ProgramHeader));
        }
        static bool is_load(ProgramHeader const& header)
        {
            return header.type == SegmentType::load && header.memory_bytes != 0;
        }

        std::span<std::byte const> headers_;  // a whole number of them
    };

    SegmentRange(std::span<std::byte const> headers) : headers_{headers} {}
    Iterator begin() const { return Iterator{headers_}; }
    End end() const { return {}; }

private:
    std::span<std::byte const> headers_;
};

}  // namespace elf
