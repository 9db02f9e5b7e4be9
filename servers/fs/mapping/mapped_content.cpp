// MappedPages as the content of a file: reads and writes of parts that are mapped are of the pages.
#include "servers/fs/mapping/mapped_pages.hpp"
#include "servers/fs/tree/span_transfer.hpp"
#include <algorithm>

namespace fs {

namespace {

class RestOfTarget final : public ReadTarget {
public:
    RestOfTarget(ReadTarget& whole, std::size_t done) : whole_{whole}, done_{done} {}
    Result<> put(std::size_t offset, std::span<std::byte const> bytes) override
    {
        return whole_.put(done_ + offset, bytes);
    }

private:
    ReadTarget& whole_;
    std::size_t done_;
};

class RestOfSource final : public WriteSource {
public:
    RestOfSource(WriteSource& whole, std::size_t done) : whole_{whole}, done_{done} {}
    Result<> get(std::size_t offset, std::span<std::byte> into) override
    {
        return whole_.get(done_ + offset, into);
    }

private:
    WriteSource& whole_;
    std::size_t done_;
};

}  // namespace

Result<std::size_t> MappedPages::read(std::uint64_t offset, std::size_t length, ReadTarget& target)
{
    std::uint64_t const end = std::min<std::uint64_t>(offset + length, file_size());
    std::uint64_t at = offset;
    for (auto page = first_from(offset / file_page_bytes); at < end;) {
        auto const done = static_cast<std::size_t>(at - offset);
        std::uint64_t const next = page == pages_.end() ? end : page->start();
        if (at < next) {
            RestOfTarget rest{target, done};
            std::size_t const part = std::min(end, next) - at;
            TRY(system().read(*node_, at, part, rest));
            at += part;
            continue;
        }
        std::size_t const part = std::min(end, next + file_page_bytes) - at;
        TRY(target.put(done, window_.bytes_of(page->number).subspan(at - next, part)));
        at += part;
        ++page;
    }
    return static_cast<std::size_t>(at - offset);
}

Result<std::size_t> MappedPages::write(std::uint64_t offset, std::size_t length,
                                       WriteSource& source)
{
    std::size_t done = 0;
    while (done < length) {
        RestOfSource rest{source, done};
        Result<std::size_t> const part = write_some(offset + done, length - done, rest);
        if (!part)
            return done == 0 ? part : done;
        done += *part;
    }
    return done;
}

// A part that is in one page, or in none.
Result<std::size_t> MappedPages::write_some(std::uint64_t offset, std::size_t length,
                                            WriteSource& source)
{
    auto const page = first_from(offset / file_page_bytes);
    if (page != pages_.end() && page->start() <= offset)
        return write_page(*page, offset,
                          std::min<std::uint64_t>(length, page->start() + file_page_bytes - offset),
                          source);
    if (page != pages_.end())
        length = std::min<std::uint64_t>(length, page->start() - offset);

    std::uint64_t const before = file_size();
    if (offset + length > before)
        TRY(prepare_growth());
    auto const written = system().write(*node_, offset, length, source);
    resized(before, file_size());
    return written;
}

Result<std::size_t> MappedPages::write_page(Page& page, std::uint64_t offset, std::size_t length,
                                            WriteSource& source)
{
    std::uint64_t const size = file_size();
    std::uint64_t const end = offset + length;
    if (!page.may_be_written || offset < size)
        TRY(reserve(page, offset, std::min(end, size) - std::min(offset, size)));
    bool const grows = end > size;
    if (grows)
        clear_behind(page, size);
    auto const bytes = window_.bytes_of(page.number).subspan(offset - page.start(), length);
    Result<> done = source.get(0, bytes);
    if (done && grows)
        done = extend(page, end);
    if (done)
        return length;
    if (grows)
        clear_behind(page, file_size());
    return fail(done.error());
}

// The file gets longer together with the content, which is on the disk before the new length is.
Result<> MappedPages::extend(Page const& page, std::uint64_t end)
{
    FromSpan source{window_.bytes_of(page.number)};
    auto const length = static_cast<std::size_t>(end - page.start());
    auto const written = system().write(*node_, page.start(), length, source);
    system().let_go_of_page(*node_, page.number);
    if (!written)
        return fail(written.error());
    return *written == length ? Result<>{} : fail(Status::no_space);
}

Result<> MappedPages::truncate(std::uint64_t size)
{
    std::uint64_t const before = file_size();
    if (size > before)
        TRY(prepare_growth());
    Result<> const done = system().truncate(*node_, size);
    resized(before, file_size());
    return done;
}

// What a process has stored behind the end is not to be seen when the end moves; and there, whoever
// writes asks for room.
Result<> MappedPages::prepare_growth()
{
    std::uint64_t const end = file_size();
    auto const page = find(end / file_page_bytes);
    if (page == pages_.end())
        return {};
    clear_behind(*page, end);
    return settle(page, page + 1);
}

void MappedPages::resized(std::uint64_t from, std::uint64_t to)
{
    if (from == to)
        return;
    discard(first_from((to + file_page_bytes - 1) / file_page_bytes), pages_.end());
    auto const page = find(std::min(from, to) / file_page_bytes);
    if (page == pages_.end())
        return;
    if (to < from)
        clear_behind(*page, to);
    system().let_go_of_page(*node_, page->number);  // the file system may have looked at its end
}

void MappedPages::clear_behind(Page& page, std::uint64_t end)
{
    auto const rest = window_.bytes_of(page.number).subspan(end - page.start());
    if (std::ranges::all_of(rest, [](std::byte byte) { return byte == std::byte{0}; }))
        return;
    bool const may_be_written = page.may_be_written;
    allow_writes(page, true);
    std::ranges::fill(rest, std::byte{0});
    allow_writes(page, may_be_written);
}

}  // namespace fs
