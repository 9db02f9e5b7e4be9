// Disk: the block device as the cache sees it. The driver does DMA straight into the cache's pages.
#pragma once
#include "generated/interfaces/block.hpp"
#include "generated/interfaces/kernel.hpp"
#include "lib/sys/memory.hpp"
#include "servers/fs/cache/block_source.hpp"

class Disk final : public fs::BlockSource {
public:
    // `buffer_pages` of memory are allocated, attached to the device and mapped.
    // Errors: no_memory, not_supported (a device with strange blocks), io_error.
    static Result<Disk> create(BlockDevice device, std::uint64_t buffer_pages);

    std::span<std::byte> buffer() const { return mapping_.bytes(); }

    std::uint64_t page_count() const override
    {
        return geometry_.block_count / (fs::page_bytes / geometry_.block_size);
    }
    bool is_read_only() const override { return geometry_.read_only; }
    Result<> read(fs::PageNumber first, std::span<fs::FrameIndex const> frames) override;
    Result<> write(fs::PageNumber first, std::span<fs::FrameIndex const> frames) override;
    Result<> flush() override;

private:
    Disk(BlockDevice device, Geometry geometry, ::Memory memory, sys::Mapping mapping);

    Transfer transfer(fs::PageNumber first, std::span<fs::FrameIndex const> frames) const
    {
        return {first * (fs::page_bytes / geometry_.block_size), frames};
    }
    template <class Request>
    Result<> request(Request const& send) const;

    BlockDevice device_;
    Geometry geometry_;
    ::Memory memory_;
    sys::Mapping mapping_;
};
