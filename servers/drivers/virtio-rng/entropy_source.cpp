#include "servers/drivers/virtio-rng/entropy_source.hpp"
#include <array>

using driver::virtio::Buffer;
using driver::virtio::DeviceType;
using driver::virtio::Queue;

Result<> EntropySource::start()
{
    queue_.reset();
    is_asked_ = false;
    needs_reset_ = false;
    if (TRY(transport_.identify()) != DeviceType::entropy)
        return fail(Status::not_found);
    (void)TRY(transport_.start(0));
    auto const size = TRY(transport_.queue_size(0));
    auto const ring = memory_.part(0, Queue::memory_bytes);
    queue_.emplace(ring.bytes, ring.dma_address, size);
    TRY(transport_.set_up(0, *queue_));
    transport_.go();
    return {};
}

Result<> EntropySource::request()
{
    if (!queue_ || has_failed())
        return fail(Status::io_error);
    if (is_asked_)
        return {};
    std::array const buffers{Buffer{buffer().dma_address, buffer_bytes, true}};
    TRY(queue_->submit(buffers, 0));
    is_asked_ = true;
    transport_.notify(0);
    return {};
}

void EntropySource::acknowledge_interrupt()
{
    auto const reasons = transport_.acknowledge_interrupt();
    if ((reasons & driver::virtio::interrupt_configuration) != 0 && transport_.needs_reset())
        needs_reset_ = true;
}

std::span<std::byte> EntropySource::take()
{
    auto const finished = queue_ ? queue_->take_finished() : std::nullopt;
    if (!finished)
        return {};
    is_asked_ = false;
    return buffer().bytes.first(finished->written_bytes);  // the queue has checked the number
}
