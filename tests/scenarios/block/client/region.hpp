// Region: a part of the disk and a part of the buffer that one thread checks alone.
#pragma once
#include "generated/interfaces/block.hpp"
#include <array>
#include <span>

class Region {
public:
    static constexpr std::uint32_t disk_pages = 512;  // of the disk, in units of the buffer's pages
    static constexpr std::uint32_t buffer_pages = 96;  // more than a transfer takes

    Region(BlockDevice const& disk, Geometry const& geometry, std::span<std::byte> buffer,
           std::uint32_t number)
        : disk_{&disk}, blocks_a_page_{abi::page_size / geometry.block_size}, buffer_{buffer},
          number_{number}, random_{number + 1}
    {
    }

    // Writes and reads random runs of the disk through random pages of the buffer.
    // Errors: corrupt - something else was read than written; those of BlockDevice
    Result<> check(unsigned rounds);

private:
    struct Run {
        std::uint64_t first;  // page of the region on the disk
        std::array<std::uint32_t, 64> pages;
        std::size_t count;
        Transfer transfer(std::uint64_t first_block) const
        {
            return {first_block, std::span{pages}.first(count)};
        }
    };

    Run random_run();
    std::uint64_t block_of(Run const& run) const;
    std::span<std::uint64_t> words_of(std::uint32_t page) const;
    Result<> write(Run const& run);
    Result<> read(Run const& run);
    std::uint32_t random(std::uint32_t limit);

    BlockDevice const* disk_;
    std::uint64_t blocks_a_page_;
    std::span<std::byte> buffer_;  // the whole one; region `number` uses its part
    std::uint32_t number_;
    std::uint32_t random_;
    std::array<std::uint64_t, disk_pages> written_{};  // what each page was filled with
};
