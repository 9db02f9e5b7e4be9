// SegmentList: where a transfer's data is, in as few pieces as the device's view allows.
#pragma once
#include "servers/drivers/virtio-blk/disk.hpp"

class SegmentList {
public:
    void clear() { count_ = 0; }
    bool is_full() const { return count_ == segments_.size(); }

    // Appends memory; it joins the last segment if it follows it directly and `most_bytes` allows.
    // There is room for max_segments calls.
    void append(std::uint64_t dma_address, std::uint32_t length_bytes, std::uint32_t most_bytes)
    {
        if (count_ != 0) {
            Segment& last = segments_[count_ - 1];
            if (last.dma_address + last.length_bytes == dma_address && length_bytes <= most_bytes &&
                last.length_bytes <= most_bytes - length_bytes) {
                last.length_bytes += length_bytes;
                return;
            }
        }
        segments_[count_++] = {dma_address, length_bytes};
    }

    std::span<Segment const> view() const { return std::span{segments_}.first(count_); }

private:
    std::array<Segment, Disk::max_segments> segments_;
    std::size_t count_ = 0;
};
