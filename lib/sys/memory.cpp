#include "lib/sys/memory.hpp"

namespace sys {

Mapping::~Mapping()
{
    // Cannot fail: the range is exactly what `map` made.
    if (page_count_ != 0)
        (void)unmap(own_process, address_, page_count_);
}

Result<Mapping> Mapping::create(MapRequest const& request)
{
    std::uint64_t const address = TRY(sys::map(request));
    return Mapping{address, request.page_count};
}

Result<Mapping> Memory::map(ProtectionBits protection) const
{
    std::uint64_t const pages = TRY(page_count());
    return Mapping::create({.memory = handle(), .page_count = pages, .protection = protection});
}

}  // namespace sys
