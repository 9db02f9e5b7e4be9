#include "servers/fs/mapping/mapped_file.hpp"
#include "lib/sys/call.hpp"
#include "lib/sys/log.hpp"
#include "servers/fs/mapping/mapped_files.hpp"
#include <algorithm>
#include <new>

using abi::page_size;
static_assert(page_size == fs::file_page_bytes);

Result<MappedFile*> MappedFile::create(MappedFiles& files, fs::NodeRef const& node)
{
    auto* const file = new (std::nothrow) MappedFile{files};
    if (file == nullptr)
        return fail(Status::no_memory);
    auto pager = files.service().endpoint_of(*file);
    if (!pager) {
        delete file;
        return fail(pager.error());
    }
    // From here on it ends when the kernel says that nobody can ask it for pages any more.
    auto memory = sys::paged_memory_create(most_pages, pager->value());
    if (!memory)
        return fail(memory.error());
    auto view = sys::Mapping::create(
        {.memory = memory->value(),
         .page_count = most_pages,
         .protection = sys::ProtectionBits{sys::protect_read | sys::protect_write}});
    if (!view)
        return fail(view.error());
    file->pages_.reset(new (std::nothrow) fs::MappedPages{node.share(), *file});
    if (!file->pages_)
        return fail(Status::no_memory);
    file->memory_ = sys::Memory{*std::move(memory)};
    file->view_ = *std::move(view);
    return file;
}

void MappedFile::drop_user()
{
    if (--users_ != 0)
        return;
    if (Result<> const given = pages_->give_back_all(); !given)
        sys::log("what was stored in a mapped file is lost: ", to_string(given.error()));
    files_.remove(*this);
    pages_.reset();  // which may be the end of the file
    view_ = {};
    memory_ = {};
}

// Not to manage it: its pages are given and taken here.
Result<sys::Handle> MappedFile::memory(bool is_writable) const
{
    constexpr auto reading =
        abi::rights(abi::Right::read, abi::Right::execute, abi::Right::duplicate);
    constexpr auto writing = abi::rights(abi::Right::write);
    return sys::duplicate(memory_.handle(),
                          static_cast<sys::Rights>(is_writable ? reading | writing : reading));
}

std::span<std::byte, fs::file_page_bytes> MappedFile::bytes_of(std::uint64_t number) const
{
    return view_.bytes().subspan(number * page_size).first<fs::file_page_bytes>();
}

std::span<std::byte, fs::file_page_bytes> MappedFile::new_page()
{
    return files_.new_page_bytes().first<fs::file_page_bytes>();
}

// A client's message buffer keeps its page where it is.
Result<> MappedFile::supply(std::uint64_t number)
{
    Result<> const supplied = sys::memory_supply({.paged = memory_.handle(),
                                                  .page = number,
                                                  .memory = files_.new_page(),
                                                  .flags = abi::supply_moved});
    if (supplied || supplied.error() != Status::already_exists)
        return supplied;
    allow_writes(number, 1, true);
    std::ranges::copy(new_page(), bytes_of(number).begin());
    allow_writes(number, 1, false);
    return {};
}

// Neither of these two fails: the range is one of this memory's.
void MappedFile::allow_writes(std::uint64_t first, std::uint64_t count, bool allowed)
{
    (void)sys::memory_allow_writes(memory_.handle(), first, count, allowed);
}

void MappedFile::discard(std::uint64_t first, std::uint64_t count)
{
    (void)sys::memory_discard(memory_.handle(), first, count);
}

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
    return abi::PagerWant{label} == abi::PagerWant::page ? bring_in(number)
                                                         : pages_->allow_write(number);
}

Result<> MappedFile::bring_in(std::uint64_t number)
{
    TRY(files_.make_room());
    return pages_->bring_in(number);
}
