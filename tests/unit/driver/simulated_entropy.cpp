#include "tests/unit/driver/simulated_entropy.hpp"

using driver::virtio::Buffer;

void SimulatedEntropy::work()
{
    for (SimulatedRequest const& request : ring().take_available()) {
        Buffer const& buffer = request.buffers.front();
        auto* const memory = reinterpret_cast<std::uint8_t*>(buffer.dma_address);
        for (std::uint32_t i = 0; writes && i < buffer.length_bytes; ++i)
            memory[i] = next_++;
        ring().finish(request.first_descriptor, claimed_bytes.value_or(buffer.length_bytes));
        interrupt_status |= driver::virtio::interrupt_used_ring;
    }
}
