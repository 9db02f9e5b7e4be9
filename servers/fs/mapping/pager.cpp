// MappedFile as the pager of its memory.
#include "lib/sys/call.hpp"
#include "servers/fs/mapping/mapped_files.hpp"
#include "servers/fs/mapping/page_transfer.hpp"
#include <algorithm>
#include <cstring>

using abi::page_size;

// On the slice of the thread that touched the page.
void MappedFile::dispatch(std::uint64_t /*header*/, std::uint64_t label, std::uint64_t word0,
                          std::uint64_t, std::uint64_t, std::uint64_t)
{
    sys::reply(to_status(files_.service().finish(want(label, word0))), {});
}

Result<> MappedFile::want(std::uint64_t label, std::uint64_t number)
{
    if (users_ == 0 || number >= most_pages)
        return fail(Status::not_supported);
    return abi::PagerWant{label} == abi::PagerWant::page ? bring_in(number) : allow_write(number);
}

Result<> MappedFile::bring_in(std::uint64_t number)
{
    if (number * page_size >= file_size())
        return fail(Status::out_of_range);
    auto const at = first_from(number);
    if (at != pages_.end() && at->number == number)
        return {};
    TRY(files_.make_room());
    TRY(fill(number, files_.new_page_bytes()));
    Result<> const supplied = sys::memory_supply({.paged = memory_.handle(),
                                                  .page = number,
                                                  .memory = files_.new_page(),
                                                  .flags = abi::supply_moved});
    // A client's message buffer keeps its page where it is.
    if (!supplied && supplied.error() != Status::already_exists)
        return supplied;
    pages_.insert(first_from(number), {static_cast<std::uint32_t>(number), false});
    return {};
}

Result<> MappedFile::fill(std::uint64_t number, std::span<std::byte> bytes)
{
    ToPage target{bytes};
    std::size_t const count =
        TRY(node_.system().read(*node_, number * page_size, bytes.size(), target));
    std::memset(bytes.data() + count, 0, bytes.size() - count);
    return {};
}

// The page is written once before anything is stored in it: so the file has a place for it on the
// disk, and settling it later does not fail for want of one.
Result<> MappedFile::allow_write(std::uint64_t number)
{
    auto const page = first_from(number);
    if (page == pages_.end() || page->number != number)
        return {};  // it has gone meanwhile: the thread asks for it again
    if (page->may_be_written)
        return {};
    TRY(write_page(*page));
    return make_writable(*page);
}
