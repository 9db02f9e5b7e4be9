// The only way to user memory.
#include "kernel/mm/user_memory.hpp"
#include "kernel/kernel.hpp"

namespace kernel {

namespace {

std::uint64_t rest_of_page(VirtAddr address) { return page_size - address % page_size; }

// The byte behind a user address, and how it is reached.
Result<std::byte*> reach(AddressSpace& space, VirtAddr address, std::uint64_t access)
{
    PhysAddr const frame = TRY(space.resolve(round_down(address, page_size), access));
    if (!system.is_memory(frame))
        return fail(Status::bad_address);  // registers of a device: the kernel does not touch them
    return direct<std::byte>(frame) + address % page_size;
}

}  // namespace

// With all that it calls in place, and each page looked for once: a short copy is mostly that.
[[gnu::noinline, gnu::flatten]] Result<> copy_user(AddressSpace& to, VirtAddr to_address,
                                                   AddressSpace& from, VirtAddr from_address,
                                                   std::uint64_t bytes)
{
    std::byte const* source = nullptr;
    std::byte* target = nullptr;
    for (std::uint64_t done = 0, chunk; done != bytes; done += chunk) {
        VirtAddr const source_at = from_address + done;
        VirtAddr const target_at = to_address + done;
        chunk = std::min({bytes - done, rest_of_page(target_at), rest_of_page(source_at)});
        if (done == 0 || source_at % page_size == 0)
            source = TRY(reach(from, source_at, Access::read)) - done;
        if (done == 0 || target_at % page_size == 0)
            target = TRY(reach(to, target_at, Access::write)) - done;
        std::memcpy(target + done, source + done, chunk);
    }
    return {};
}

Result<> read_user(AddressSpace& space, VirtAddr address, std::span<std::byte> into)
{
    while (!into.empty()) {
        std::uint64_t const chunk = std::min(into.size(), rest_of_page(address));
        std::byte const* const source = TRY(reach(space, address, Access::read));
        std::memcpy(into.data(), source, chunk);
        address += chunk;
        into = into.subspan(chunk);
    }
    return {};
}

Result<> write_user(AddressSpace& space, VirtAddr address, std::span<std::byte const> from)
{
    while (!from.empty()) {
        std::uint64_t const chunk = std::min(from.size(), rest_of_page(address));
        std::byte* const target = TRY(reach(space, address, Access::write));
        std::memcpy(target, from.data(), chunk);
        address += chunk;
        from = from.subspan(chunk);
    }
    return {};
}

}  // namespace kernel
