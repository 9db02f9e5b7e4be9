#include "tests/unit/fs/mapped.hpp"
#include "servers/fs/tree/span_transfer.hpp"
#include <cstring>
#include <sys/mman.h>

using fs::file_page_bytes;

TestWindow::TestWindow(std::size_t pages)
    : access_(pages),
      memory_{static_cast<std::byte*>(
          mmap(nullptr, pages * file_page_bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))}
{
}

TestWindow::~TestWindow() { munmap(memory_, access_.size() * file_page_bytes); }

std::span<std::byte, file_page_bytes> TestWindow::bytes_of(std::uint64_t number) const
{
    return std::span<std::byte, file_page_bytes>{memory_ + number * file_page_bytes,
                                                 file_page_bytes};
}

void TestWindow::protect(std::uint64_t number, Access access)
{
    constexpr int protections[] = {PROT_NONE, PROT_READ, PROT_READ | PROT_WRITE};
    mprotect(bytes_of(number).data(), file_page_bytes,
             protections[static_cast<std::size_t>(access)]);
    access_[number] = access;
}

Result<> TestWindow::supply(std::uint64_t number)
{
    if (number >= access_.size())
        return fail(Status::out_of_range);
    if (access_[number] != Access::none)
        return fail(Status::already_exists);
    protect(number, Access::write);
    std::ranges::copy(new_page_, bytes_of(number).begin());
    protect(number, Access::read);
    return {};
}

void TestWindow::allow_writes(std::uint64_t first, std::uint64_t count, bool allowed)
{
    for (std::uint64_t number = first; number < first + count; ++number)
        if (access_.at(number) != Access::none)
            protect(number, allowed ? Access::write : Access::read);
}

void TestWindow::discard(std::uint64_t first, std::uint64_t count)
{
    for (std::uint64_t number = first; number < first + count; ++number)
        if (access_.at(number) != Access::none)
            protect(number, Access::none);
}

Result<> Mapped::store_in_page(std::uint64_t offset, std::string_view text)
{
    std::uint64_t const number = offset / file_page_bytes;
    TRY(touch(number, 1));
    if (window_.access_to(number) != TestWindow::Access::write)
        TRY(pages_.allow_write(number));
    std::memcpy(window_.bytes_of(number).data() + offset % file_page_bytes, text.data(),
                text.size());
    return {};
}

Result<> Mapped::store(std::uint64_t offset, std::string_view text)
{
    while (!text.empty()) {
        std::size_t const part = std::min(text.size(), file_page_bytes - offset % file_page_bytes);
        TRY(store_in_page(offset, text.substr(0, part)));
        offset += part;
        text.remove_prefix(part);
    }
    return {};
}

Result<std::string> Mapped::load(std::uint64_t offset, std::size_t length)
{
    std::string text;
    while (text.size() < length) {
        std::uint64_t const at = offset + text.size();
        TRY(touch(at / file_page_bytes, 1));
        auto const bytes = window_.bytes_of(at / file_page_bytes).subspan(at % file_page_bytes);
        std::size_t const part = std::min(length - text.size(), bytes.size());
        text.append(reinterpret_cast<char const*>(bytes.data()), part);
    }
    return text;
}

Result<> Mapped::touch(std::uint64_t first, std::size_t count)
{
    for (std::uint64_t number = first; number < first + count; ++number)
        if (window_.access_to(number) == TestWindow::Access::none)
            TRY(pages_.bring_in(number));
    return {};
}

Result<std::string> read_at(fs::NodeRef const& node, std::uint64_t offset, std::size_t length)
{
    std::string text(length, '?');
    fs::ToSpan target{std::as_writable_bytes(std::span{text})};
    std::size_t const count = TRY(fs::read_content(node, offset, length, target));
    return count == length ? Result<std::string>{std::move(text)} : fail(Status::corrupt);
}

Result<std::string> read_all(fs::NodeRef const& node)
{
    return read_at(node, 0, node.system().attributes(*node).size);
}

Result<> write_at(fs::NodeRef const& node, std::uint64_t offset, std::string_view text)
{
    fs::FromSpan source{std::as_bytes(std::span{text})};
    std::size_t const count = TRY(fs::write_content(node, offset, text.size(), source));
    return count == text.size() ? Result<>{} : fail(Status::no_space);
}
