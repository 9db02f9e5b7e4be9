// MappedFile: what the file system is told, and what the pages are told of it.
#include "servers/fs/mapping/mapped_file.hpp"
#include "lib/sys/log.hpp"
#include "servers/fs/mapping/mapped_files.hpp"
#include "servers/fs/mapping/page_transfer.hpp"
#include <algorithm>
#include <cstring>
#include <new>

using abi::page_size;

Result<MappedFile*> MappedFile::create(MappedFiles& files, fs::NodeRef const& node)
{
    auto* const file = new (std::nothrow) MappedFile{files, node.share()};
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
    file->memory_ = sys::Memory{*std::move(memory)};
    file->view_ = *std::move(view);
    node->mapped = file;
    files.add(*file);
    return file;
}

void MappedFile::drop_user()
{
    if (--users_ != 0)
        return;
    if (Result<> const settled = settle(0, file_size()); !settled)
        sys::log("what was stored in a mapped file is lost: ", to_string(settled.error()));
    discard(pages_.begin(), pages_.end());
    node_->mapped = nullptr;
    view_ = {};
    memory_ = {};
    files_.remove(*this);
    node_ = {};  // which may be the end of the file
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

std::span<std::byte> MappedFile::bytes_of(Page const& page) const
{
    return view_.bytes().subspan(std::size_t{page.number} * page_size, page_size);
}

MappedFile::Pages::iterator MappedFile::first_from(std::uint64_t number)
{
    return std::ranges::lower_bound(pages_, number, {}, &Page::number);
}

// Others may store in the page from now on, and this process without asking itself.
Result<> MappedFile::make_writable(Page& page)
{
    if (page.may_be_written)
        return {};
    TRY(sys::memory_allow_writes(memory_.handle(), page.number, 1, true));
    page.may_be_written = true;
    return {};
}

Result<> MappedFile::write_page(Page const& page)
{
    std::uint64_t const start = std::uint64_t{page.number} * page_size;
    std::uint64_t const size = file_size();
    if (start >= size)
        return {};
    FromPage source{bytes_of(page)};
    auto const length = static_cast<std::size_t>(std::min(page_size, size - start));
    std::size_t const written = TRY(node_.system().write(*node_, start, length, source));
    return written == length ? Result<>{} : fail(Status::no_space);
}

// What is stored while a page is being copied makes it newer again. Access is taken back once for
// all of them: other harts have to be told each time.
Result<> MappedFile::settle(Pages::iterator begin, Pages::iterator end)
{
    begin = std::ranges::find_if(begin, end, &Page::may_be_written);
    if (begin == end)
        return {};
    std::uint64_t const span = (end - 1)->number + 1u - begin->number;
    TRY(sys::memory_allow_writes(memory_.handle(), begin->number, span, false));
    Result<> result{};
    for (auto page = begin; page != end; ++page) {
        if (!std::exchange(page->may_be_written, false))
            continue;
        Result<> const written = write_page(*page);
        if (written)
            continue;
        result = written;
        (void)make_writable(*page);  // it is tried again
    }
    return result;
}

Result<> MappedFile::settle(std::uint64_t offset, std::uint64_t length)
{
    if (length == 0)
        return {};
    std::uint64_t const last = std::min(offset + (length - 1), most_pages * page_size) / page_size;
    return settle(first_from(offset / page_size), first_from(last + 1));
}

void MappedFile::refresh(std::uint64_t offset, std::uint64_t length)
{
    std::uint64_t const end = offset + length;
    for (auto page = first_from(offset / page_size); page != pages_.end(); ++page) {
        std::uint64_t const start = std::uint64_t{page->number} * page_size;
        if (start >= end)
            return;
        std::uint64_t const from = std::max(start, offset);
        std::uint64_t const to = std::min(start + page_size, end);
        ToPage target{bytes_of(*page).subspan(from - start)};
        if (make_writable(*page))
            (void)node_.system().read(*node_, from, static_cast<std::size_t>(to - from), target);
    }
}

void MappedFile::resize(std::uint64_t from, std::uint64_t to)
{
    std::uint64_t const kept = std::min(from, to);
    auto const page = first_from(kept / page_size);
    bool const is_there = page != pages_.end() && page->number == kept / page_size;
    if (kept % page_size != 0 && is_there && make_writable(*page)) {
        auto const rest = bytes_of(*page).subspan(kept % page_size);
        std::memset(rest.data(), 0, rest.size());
    }
    discard(first_from((to + page_size - 1) / page_size), pages_.end());
}

void MappedFile::discard(Pages::iterator begin, Pages::iterator end)
{
    if (begin == end)
        return;
    std::uint64_t const span = (end - 1)->number + 1u - begin->number;
    (void)sys::memory_discard(memory_.handle(), begin->number, span);
    pages_.erase(begin, end);
}

Result<> MappedFile::evict_some()
{
    constexpr std::ptrdiff_t most = 32;
    auto const begin =
        next_victim_ > pages_.back().number ? pages_.begin() : first_from(next_victim_);
    auto const end = begin + std::min(most, pages_.end() - begin);
    next_victim_ = (end - 1)->number + 1u;
    TRY(settle(begin, end));
    discard(begin, end);
    return {};
}
