#include "libc/sys/memory.hpp"
#include "lib/sys/memory.hpp"
#include "libc/sys/errno.hpp"
#include <algorithm>
#include <atomic>
#include <errno.h>
#include <limits>
#include <sys/mman.h>

namespace libc {
namespace {

static_assert(PROT_READ == sys::protect_read && PROT_WRITE == sys::protect_write &&
                  PROT_EXEC == sys::protect_execute && PROT_NONE == 0,
              "the C library and the kernel number protections alike");

constexpr sys::ProtectionBits all_protections = PROT_READ | PROT_WRITE | PROT_EXEC;

struct Range {
    std::uint64_t address{};
    std::uint64_t page_count{};
};

Result<Range> range_of(long address, long length)
{
    auto const first = static_cast<std::uint64_t>(address);
    auto const bytes = static_cast<std::uint64_t>(length);
    if (bytes == 0 || first % abi::page_size != 0)
        return fail(Status::bad_argument);
    if (bytes > static_cast<std::uint64_t>(std::numeric_limits<long>::max()))
        return fail(Status::no_memory);
    return Range{first, sys::pages_for(bytes)};
}

// There are no pages that can be written, or executed, but not read.
Result<sys::ProtectionBits> protection_of(long bits)
{
    auto const protection = static_cast<sys::ProtectionBits>(bits);
    if ((protection & ~all_protections) != 0)
        return fail(Status::bad_argument);
    return protection == PROT_NONE ? protection : protection | sys::protect_read;
}

constinit std::atomic<std::uint64_t> most_bytes = ~std::uint64_t{0};
constinit std::atomic<std::uint64_t> mapped_bytes = 0;

void forget_pages(std::uint64_t page_count)
{
    std::uint64_t const bytes = page_count * abi::page_size;
    mapped_bytes -= std::min(bytes, mapped_bytes.load());
}

// Where mmap is to put something: what is there makes way.
Result<Range> place_for(Arguments const& arguments)
{
    auto const [address, length, bits, flags, descriptor, offset] = arguments;
    auto const range = TRY(range_of((flags & MAP_FIXED) != 0 ? address : 0, length));
    TRY(protection_of(bits));
    if (range.address != 0)
        TRY(sys::unmap(sys::own_process, range.address, range.page_count));
    return range;
}

Result<std::uint64_t> map_at(Range range, long bits, MappedObject const& object)
{
    std::uint64_t const bytes = range.page_count * abi::page_size;
    if (bytes > most_bytes || mapped_bytes > most_bytes - bytes)
        return fail(Status::no_memory);
    auto const protection = TRY(protection_of(bits));
    auto const address =
        TRY(sys::map({.memory = object.memory,
                      .address = range.address,
                      .first_page = object.first_page,
                      .page_count = range.page_count,
                      .protection = protection | (object.is_shared ? abi::map_shared : 0)}));
    mapped_bytes += bytes;
    return address;
}

// The memory object lives as long as its mapping: its handle is closed at once.
Result<std::uint64_t> map(Arguments const& arguments)
{
    auto const range = TRY(place_for(arguments));
    auto const memory = TRY(sys::Memory::create(range.page_count));
    bool const is_shared = (arguments[3] & MAP_SHARED) != 0;
    return map_at(range, arguments[2], {.memory = memory.handle(), .is_shared = is_shared});
}

Result<std::uint64_t> map(Arguments const& arguments, MappedObject const& object)
{
    auto const range = TRY(place_for(arguments));
    return map_at(range, arguments[2], object);
}

Result<> protect(Arguments const& arguments)
{
    auto const range = TRY(range_of(arguments[0], arguments[1]));
    auto const protection = TRY(protection_of(arguments[2]));
    return sys::protect(sys::own_process, range.address, range.page_count, protection);
}

Result<> unmap(Arguments const& arguments)
{
    auto const range = TRY(range_of(arguments[0], arguments[1]));
    TRY(sys::unmap(sys::own_process, range.address, range.page_count));
    forget_pages(range.page_count);
    return {};
}

}  // namespace

void limit_memory(std::uint64_t bytes) { most_bytes = bytes; }
std::uint64_t memory_limit() { return most_bytes; }

long map_memory(Arguments const& arguments)
{
    if ((arguments[3] & MAP_ANONYMOUS) == 0)
        return -ENODEV;
    return to_return(map(arguments));
}

long map_object(Arguments const& arguments, MappedObject const& object)
{
    return to_return(map(arguments, object));
}

long unmap_memory(Arguments const& arguments) { return to_return(unmap(arguments)); }
long protect_memory(Arguments const& arguments) { return to_return(protect(arguments)); }

}  // namespace libc
