#include "lib/sys/lease.hpp"
#include <atomic>

namespace sys {

Result<IncomingLeases> IncomingLeases::receive(MessageHeader header,
                                               std::span<abi::Word const> needed_access)
{
    IncomingLeases leases;
    auto count = std::min({header.lease_count(), needed_access.size(), abi::max_message_leases});
    for (std::size_t i = 0; i < count; ++i) {
        auto const& lease = message_buffer().leases[i];
        if ((lease.access & needed_access[i]) == 0)
            return fail(Status::bad_message);
        leases.sizes_[i] = lease.length_bytes;
    }
    return leases;
}

namespace {

// Reads one byte of the page; where the server writes, also writes it. Other threads may be using
// the page, so the write is one that changes nothing.
void touch_page(std::uint64_t address, abi::Word access)
{
    auto& word = *reinterpret_cast<std::uint32_t*>(address & ~std::uint64_t{3});
    std::atomic_ref<std::uint32_t> shared{word};
    if (access == abi::Lease::out)
        shared.fetch_or(0, std::memory_order_relaxed);
    else
        (void)shared.load(std::memory_order_relaxed);
}

}  // namespace

void touch(std::span<abi::Lease const> leases)
{
    for (auto const& lease : leases) {
        auto end = lease.address + lease.length_bytes;
        auto page = lease.address;
        while (page < end) {
            touch_page(page, lease.access);
            page = (page / abi::page_size + 1) * abi::page_size;
        }
    }
}

}  // namespace sys
