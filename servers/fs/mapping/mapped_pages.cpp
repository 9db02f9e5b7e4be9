// MappedPages: how pages come, what is done when processes write to them, and how they go.
#include "servers/fs/mapping/mapped_pages.hpp"
#include "servers/fs/tree/span_transfer.hpp"
#include <algorithm>

namespace fs {

MappedPages::~MappedPages()
{
    discard(pages_.begin(), pages_.end());
    node_->mapped = nullptr;
}

MappedPages::Pages::iterator MappedPages::first_from(std::uint64_t number)
{
    return std::ranges::lower_bound(pages_, number, {}, &Page::number);
}

MappedPages::Pages::iterator MappedPages::find(std::uint64_t number)
{
    auto const page = first_from(number);
    return page != pages_.end() && page->number == number ? page : pages_.end();
}

std::uint64_t MappedPages::next_kept(std::uint64_t number) const
{
    auto const page = std::ranges::lower_bound(pages_, number, {}, &Page::number);
    return page == pages_.end() ? no_page : page->number;
}

Result<> MappedPages::bring_in(std::uint64_t number)
{
    if (number > ~std::uint32_t{0} || number * file_page_bytes >= file_size())
        return fail(Status::out_of_range);
    if (find(number) != pages_.end())
        return {};
    auto const bytes = window_.new_page();
    ToSpan target{bytes};
    std::size_t const count =
        TRY(system().read(*node_, number * file_page_bytes, bytes.size(), target));
    std::ranges::fill(bytes.subspan(count), std::byte{0});
    TRY(window_.supply(number));
    pages_.insert(first_from(number), {static_cast<std::uint32_t>(number), false});
    system().let_go_of_page(*node_, number);
    return {};
}

Result<> MappedPages::allow_write(std::uint64_t number)
{
    auto const page = find(number);
    if (page == pages_.end() || page->may_be_written)
        return {};  // it has gone meanwhile, and is asked for again; or somebody else was faster
    return reserve(*page, page->start(), 0);
}

void MappedPages::allow_writes(Page& page, bool allowed)
{
    if (page.may_be_written != allowed)
        window_.allow_writes(page.number, 1, allowed);
    page.may_be_written = allowed;
}

// A part of the page is going to change. It may be written from now on, so all of it has room.
Result<> MappedPages::reserve(Page& page, std::uint64_t offset, std::uint64_t length)
{
    if (page.may_be_written)
        return system().reserve(*node_, offset, length);
    std::uint64_t const size = file_size();
    if (page.start() >= size)
        return fail(Status::out_of_range);
    TRY(system().reserve(*node_, page.start(), std::min(size - page.start(), file_page_bytes)));
    system().let_go_of_page(*node_, page.number);
    allow_writes(page, true);
    return {};
}

// Once for all of them: other harts have to be told each time.
void MappedPages::take_writes_back(Pages::iterator begin, Pages::iterator end)
{
    begin = std::ranges::find_if(begin, end, &Page::may_be_written);
    if (begin != end)
        window_.allow_writes(begin->number, (end - 1)->number + 1u - begin->number, false);
}

Result<> MappedPages::settle(Pages::iterator begin, Pages::iterator end)
{
    take_writes_back(begin, end);
    Result<> result{};
    for (auto page = begin; page != end; ++page) {
        if (!std::exchange(page->may_be_written, false))
            continue;
        Result<> const stored =
            system().store_page(*node_, page->number, window_.bytes_of(page->number));
        system().let_go_of_page(*node_, page->number);
        if (stored)
            continue;
        result = stored;
        allow_writes(*page, true);  // it is tried again
    }
    return result;
}

Result<> MappedPages::settle()
{
    return system().is_lasting() ? settle(pages_.begin(), pages_.end()) : Result<>{};
}

Result<> MappedPages::give_back(Pages::iterator begin, Pages::iterator end)
{
    take_writes_back(begin, end);
    Result<> result{};
    for (auto page = begin; page != end; ++page) {
        auto const bytes = window_.bytes_of(page->number);
        if (!std::exchange(page->may_be_written, false)) {
            system().return_page(*node_, page->number, bytes);
            continue;
        }
        Result<> const stored = system().store_page(*node_, page->number, bytes);
        if (stored)
            continue;
        result = stored;
        allow_writes(*page, true);
    }
    if (result)
        discard(begin, end);
    return result;
}

Result<> MappedPages::give_back_some()
{
    constexpr std::ptrdiff_t most = 32;
    if (pages_.empty())
        return {};
    auto const begin =
        next_victim_ > pages_.back().number ? pages_.begin() : first_from(next_victim_);
    auto const end = begin + std::min(most, pages_.end() - begin);
    next_victim_ = (end - 1)->number + 1u;
    return give_back(begin, end);
}

void MappedPages::discard(Pages::iterator begin, Pages::iterator end)
{
    if (begin == end)
        return;
    window_.discard(begin->number, (end - 1)->number + 1u - begin->number);
    pages_.erase(begin, end);
}

}  // namespace fs
