#include "lib/sys/lease.hpp"
#include "lib/sys/touch.hpp"

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

bool touch(std::span<abi::Lease const> leases)
{
    for (auto const& lease : leases) {
        auto const touch_word =
            lease.access == abi::Lease::out ? sys_write_nothing : sys_read_nothing;
        auto end = lease.address + lease.length_bytes;
        auto page = lease.address;
        while (page < end) {
            if (!touch_word(page & ~std::uint64_t{3}))
                return false;
            page = (page / abi::page_size + 1) * abi::page_size;
        }
    }
    return true;
}

}  // namespace sys
