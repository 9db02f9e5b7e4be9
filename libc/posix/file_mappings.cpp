// mmap and munmap of files and of memory that children share; msync.
#include "lib/sys/memory.hpp"
#include "libc/posix/calls.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/fork_locks.hpp"
#include "libc/posix/mapped_regions.hpp"
#include "libc/posix/shared_words.hpp"
#include "libc/sys/memory.hpp"
#include <atomic>
#include <new>
#include <sys/mman.h>
#include <sys/syscall.h>

namespace posix {
namespace {

using Owned = MappedRegions::Owned;

// Since when there may be a region that an unmapping takes away.
constinit std::atomic<bool> has_mapped = false;

constinit Lock lock;

// Never destroyed: mapped files stay open until the process is gone.
union Regions {
    constexpr Regions() : all{} {}
    constexpr ~Regions() {}

    MappedRegions all;
};
constinit Regions regions;  // guarded by lock

// Whole pages. Empty if that makes no sense: then the call fails.
struct Range {
    Range(long address, long length)
        : begin{static_cast<std::uint64_t>(address)},
          end{begin + sys::pages_for(static_cast<std::uint64_t>(length)) * abi::page_size}
    {
    }
    std::uint64_t begin, end;
};

constexpr std::uint32_t no_volume = ~std::uint32_t{0};  // of memory without a file

Owned new_region() { return Owned{new (std::nothrow) MappedRegion{}}; }

long unmap(Arguments const& arguments)
{
    Range const range{arguments[0], arguments[1]};
    Owned spare = new_region();
    MappedRegions closed;
    if (!spare)
        return -ENOMEM;
    Lock::Guard const guard{lock};
    long const result = libc::unmap_memory(arguments);
    if (result == 0)
        closed = regions.all.take(range.begin, range.end, spare);
    return result;
}

// Maps with `map`, and knows about the region that it has added at the end.
template <class Map>
long map_in_place(Arguments const& arguments, Owned added, Map const& map)
{
    Owned spare = new_region();
    MappedRegions closed;
    if (!spare)
        return -ENOMEM;
    Lock::Guard const guard{lock};
    if ((arguments[3] & MAP_FIXED) != 0) {
        Range const range{arguments[0], arguments[1]};
        if (long const failed = libc::unmap_memory(arguments); failed != 0)
            return failed;
        closed = regions.all.take(range.begin, range.end, spare);
    }
    long const result = map();
    if (result > 0 && added) {
        Range const range{result, arguments[1]};
        added->begin = range.begin;
        added->end = range.end;
        added->memory.shift = static_cast<std::uint64_t>(arguments[5]) - range.begin;
        regions.all.add(std::move(added));
        has_mapped = true;
    }
    return result;
}

// What the pages are: the file's own, or a copy that is made when they are written.
Result<sys::Handle> memory_of(OpenFile& file, Arguments const& arguments)
{
    bool const is_shared = (arguments[3] & MAP_SHARED) != 0;
    bool const will_write = is_shared && (arguments[2] & PROT_WRITE) != 0;
    if (!file.can_read() || (will_write && !file.can_write()))
        return fail(Status::access_denied);
    sys::Handle memory = TRY(file.map(is_shared && file.can_write()));
    std::uint64_t const first = static_cast<std::uint64_t>(arguments[5]) / abi::page_size;
    std::uint64_t const pages = sys::pages_for(static_cast<std::uint64_t>(arguments[1]));
    std::uint64_t const most_pages = TRY(sys::memory_size(memory.value()));
    if (pages > most_pages || first > most_pages - pages)
        return fail(Status::out_of_range);
    return is_shared ? std::move(memory) : sys::memory_clone(memory.value(), first, pages);
}

// out_of_range: there is more of a file than can be mapped.
int error_of_mapping(Status status)
{
    switch (status) {
    case Status::not_supported:
    case Status::bad_method:
        return ENODEV;
    case Status::out_of_range:
        return EOVERFLOW;
    default:
        return libc::to_errno(status);
    }
}

long map_file(Arguments const& arguments)
{
    auto const [address, length, bits, flags, descriptor, offset] = arguments;
    bool const is_shared = (flags & MAP_SHARED) != 0;
    if (offset < 0 || offset % static_cast<long>(abi::page_size) != 0 || length <= 0 ||
        (!is_shared && (flags & MAP_PRIVATE) == 0))
        return -EINVAL;
    auto const file = process_files().table().find(descriptor);
    if (!file)
        return -EBADF;
    auto const memory = memory_of(*file, arguments);
    if (!memory)
        return -error_of_mapping(memory.error());
    Owned region = new_region();
    if (!region)
        return -ENOMEM;
    region->file = file;
    region->is_shared = is_shared;
    libc::MappedObject const object{
        .memory = memory->value(),
        .first_page = is_shared ? static_cast<std::uint64_t>(offset) / abi::page_size : 0,
        .is_shared = is_shared};
    return map_in_place(arguments, std::move(region),
                        [&] { return libc::map_object(arguments, object); });
}

// Children have it, too, and find each other by the number.
long map_shared_memory(Arguments const& arguments, Posix const& server)
{
    auto const number = server.new_memory();
    if (!number)
        return -libc::to_errno(number.error());
    Owned region = new_region();
    if (!region)
        return -ENOMEM;
    region->is_shared = true;
    region->memory = {.number = *number, .volume = no_volume};
    return map_in_place(arguments, std::move(region), [&] { return libc::map_memory(arguments); });
}

long map(Arguments const& arguments)
{
    if ((arguments[3] & MAP_ANONYMOUS) == 0)
        return map_file(arguments);
    if ((arguments[3] & MAP_SHARED) != 0)
        if (auto const server = door())
            return map_shared_memory(arguments, **server);
    if ((arguments[3] & MAP_FIXED) == 0 || !has_mapped)
        return libc::map_memory(arguments);
    return map_in_place(arguments, {}, [&] { return libc::map_memory(arguments); });
}

// The kernel looks for a word there.
bool is_mapped(std::uint64_t address)
{
    auto const looked = sys::futex_wait(reinterpret_cast<std::uint32_t const*>(address), 0, 0);
    return looked || looked.error() != Status::bad_address;
}

// False: the file's server does not tell which one it is.
bool name(MappedRegion& region)
{
    if (region.memory.number != 0)
        return true;
    auto const status = region.file->attributes();
    if (!status)
        return false;
    region.memory.volume = static_cast<std::uint32_t>(status->st_dev);
    region.memory.number = status->st_ino;
    return true;
}

// All of the range is mapped, as files or otherwise.
bool is_mapped(Range const& range)
{
    for (std::uint64_t page = range.begin; page < range.end; page += abi::page_size) {
        bool is_file = false;
        regions.all.for_each(page, page + 1, [&](MappedRegion const&) { is_file = true; });
        if (!is_file && !is_mapped(page))
            return false;
    }
    return true;
}

}  // namespace

Lock& mappings_lock() { return lock; }

long synchronise_mapping(Arguments const& arguments)
{
    auto const [address, length, flags, unused4, unused5, unused6] = arguments;
    constexpr long known = MS_SYNC | MS_ASYNC | MS_INVALIDATE;
    constexpr long both = MS_SYNC | MS_ASYNC;
    if (address % static_cast<long>(abi::page_size) != 0 || (flags & ~known) != 0 ||
        (flags & both) == both)
        return -EINVAL;
    Range const range{address, length};
    Lock::Guard const guard{lock};
    if (range.end < range.begin || !is_mapped(range))
        return -ENOMEM;
    if ((flags & MS_SYNC) == 0)
        return 0;  // the server writes on its own after a while
    Result<> result{};
    regions.all.for_each(range.begin, range.end, [&](MappedRegion& region) {
        if (!region.is_shared || !region.file)
            return;
        if (auto const synced = region.file->sync(); !synced)
            result = synced;
    });
    return to_return(result);
}

std::optional<SharedWord> find_shared_word(std::uint64_t address)
{
    if (!has_mapped)
        return std::nullopt;
    std::optional<SharedWord> found;
    Lock::Guard const guard{lock};
    regions.all.for_each(address, address + 1, [&](MappedRegion& region) {
        if (region.is_shared && name(region))
            found = SharedWord{.volume = region.memory.volume,
                               .memory = region.memory.number,
                               .offset = address + region.memory.shift};
    });
    return found;
}

// Before another program takes this one's place.
void close_mapped_files()
{
    Owned none;
    MappedRegions closed;
    Lock::Guard const guard{lock};
    closed = regions.all.take(0, ~std::uint64_t{0}, none);
}

}  // namespace posix

namespace libc {

long mapping_call(long number, Arguments const& arguments)
{
    if (number == SYS_mmap)
        return posix::map(arguments);
    return posix::has_mapped ? posix::unmap(arguments) : unmap_memory(arguments);
}

}  // namespace libc
