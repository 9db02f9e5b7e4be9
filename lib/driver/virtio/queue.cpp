#include "lib/driver/virtio/queue.hpp"
#include <algorithm>
#include <atomic>

namespace driver::virtio {

Queue::Queue(std::span<std::byte> memory, std::uint64_t dma_address, std::uint16_t size)
    : memory_{memory}, dma_address_{dma_address}, layout_{RingLayout::of(size)}, size_{size}
{
    reset();
}

void Queue::reset()
{
    std::ranges::fill(memory_, std::byte{0});
    chains_.fill({});
    for (std::size_t index = 0; index < size_; ++index)
        next_[index] = static_cast<Index>(index + 1);
    first_free_ = 0;
    free_count_ = size_;
    available_index_ = used_index_ = 0;
    broken_ = false;
}

Result<> Queue::submit(std::span<Buffer const> buffers, std::uint32_t tag)
{
    auto reads_after_write = [](Buffer const& a, Buffer const& b) {
        return a.device_writes && !b.device_writes;
    };
    if (buffers.empty() || std::ranges::adjacent_find(buffers, reads_after_write) != buffers.end())
        return fail(Status::bad_argument);
    if (broken_)
        return fail(Status::io_error);
    if (!has_room(buffers.size()))
        return fail(Status::busy);

    Index first = first_free_;
    chains_[first] = fill_chain(buffers, tag);

    available_entry(available_index_) = first;
    ++available_index_;
    // Release: pairs with the device's read of the index before it reads the entry and the chain.
    std::atomic_ref{available_head()}.store(RingHead::with_index(available_index_),
                                            std::memory_order_release);
    return {};
}

// Takes descriptors off the free list, one for each buffer.
Queue::Chain Queue::fill_chain(std::span<Buffer const> buffers, std::uint32_t tag)
{
    Chain chain{.tag = tag, .descriptor_count = static_cast<Index>(buffers.size())};
    for (Buffer const& buffer : buffers) {
        bool is_last = &buffer == &buffers.back();
        chain.last = first_free_;
        first_free_ = next_[chain.last];

        auto flags =
            static_cast<std::uint16_t>((is_last ? 0 : Descriptor::has_next) |
                                       (buffer.device_writes ? Descriptor::device_writes : 0));
        descriptor(chain.last) = {buffer.dma_address, buffer.length_bytes, flags,
                                  is_last ? Index{0} : first_free_};
        if (buffer.device_writes)
            chain.writable_bytes += buffer.length_bytes;
    }
    free_count_ = static_cast<Index>(free_count_ - buffers.size());
    return chain;
}

std::optional<Finished> Queue::take_finished()
{
    if (broken_)
        return std::nullopt;

    // Acquire: pairs with the device's write of the index after the entry and the data.
    std::uint32_t head = std::atomic_ref{used_head()}.load(std::memory_order_acquire);
    auto finished_count = static_cast<Index>(RingHead::index_of(head) - used_index_);
    if (finished_count == 0)
        return std::nullopt;
    if (finished_count > size_ - free_count_)  // more than there are requests
        return break_off();

    // Relaxed: ordered by the acquire above. Loaded once, so that the device cannot change what was
    // checked.
    UsedEntry& entry = used_entry(used_index_);
    std::uint32_t first = std::atomic_ref{entry.first_descriptor}.load(std::memory_order_relaxed);
    std::uint32_t written = std::atomic_ref{entry.written_bytes}.load(std::memory_order_relaxed);
    if (first >= size_ || chains_[first].descriptor_count == 0 ||
        written > chains_[first].writable_bytes)
        return break_off();

    ++used_index_;
    Finished finished{.tag = chains_[first].tag, .written_bytes = written};
    release(static_cast<Index>(first));
    return finished;
}

// Gives the descriptors of a chain back to the free list.
void Queue::release(Index first)
{
    Chain& chain = chains_[first];
    next_[chain.last] = first_free_;
    first_free_ = first;
    free_count_ = static_cast<Index>(free_count_ + chain.descriptor_count);
    chain = {};
}

std::optional<Finished> Queue::break_off()
{
    broken_ = true;
    return std::nullopt;
}

Descriptor& Queue::descriptor(std::size_t index)
{
    return reinterpret_cast<Descriptor*>(memory_.data())[index];
}

AvailableEntry& Queue::available_entry(std::size_t index)
{
    std::byte* entries = memory_.data() + layout_.available + sizeof(RingHead);
    return reinterpret_cast<AvailableEntry*>(entries)[index % size_];
}

UsedEntry& Queue::used_entry(std::size_t index)
{
    std::byte* entries = memory_.data() + layout_.used + sizeof(RingHead);
    return reinterpret_cast<UsedEntry*>(entries)[index % size_];
}

std::uint32_t& Queue::available_head()
{
    return *reinterpret_cast<std::uint32_t*>(memory_.data() + layout_.available);
}

std::uint32_t& Queue::used_head()
{
    return *reinterpret_cast<std::uint32_t*>(memory_.data() + layout_.used);
}

}  // namespace driver::virtio
