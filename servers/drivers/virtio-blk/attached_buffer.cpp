#include "servers/drivers/virtio-blk/attached_buffer.hpp"

Result<AttachedBuffer> AttachedBuffer::create(driver::Dma const& dma, Memory memory)
{
    auto page_count = TRY(sys::memory_size(memory.value()));
    auto bytes = page_count * sizeof(std::uint64_t);
    auto addresses = TRY(sys::Memory::create(sys::pages_for(bytes)));

    AttachedBuffer buffer{dma, std::move(memory)};
    buffer.address_pages_ = TRY(addresses.map());
    buffer.addresses_ = {reinterpret_cast<std::uint64_t*>(buffer.address_pages_.data()),
                         page_count};
    return buffer;
}

Result<std::uint64_t> AttachedBuffer::dma_address(std::uint64_t index)
{
    if (index >= addresses_.size())
        return fail(Status::out_of_range);
    if (addresses_[index] == 0)
        addresses_[index] = TRY(dma_->address(memory_.value(), index));
    return addresses_[index];
}
