// The life of entries, and their content.
#include "servers/fs/tmpfs/files.hpp"
#include <algorithm>
#include <cstring>
#include <new>

namespace tmpfs {

namespace {

constexpr std::array<std::byte, page_bytes> zeros{};

std::uint64_t pages_for(std::uint64_t bytes) { return (bytes + page_bytes - 1) / page_bytes; }

// How much of `length` bytes at `offset` is in one page.
std::size_t part_in_page(std::uint64_t offset, std::size_t length)
{
    return std::min<std::uint64_t>(length, page_bytes - offset % page_bytes);
}

}  // namespace

Result<std::unique_ptr<Files>> Files::create(fs::Clock& clock, PageMemory& memory,
                                             std::uint32_t entries)
{
    constexpr fs::Mode root_mode = fs::mode::of(fs::Kind::directory) | fs::mode::sticky | 0777;
    std::unique_ptr<Entry[]> table{new (std::nothrow) Entry[entries]};
    if (!table)
        return fail(Status::no_memory);
    std::unique_ptr<Files> files{new (std::nothrow)
                                     Files{clock, memory, std::move(table), entries}};
    if (!files)
        return fail(Status::no_memory);
    Entry* const top = TRY(files->take_entry({0, 0, root_mode}));
    top->links = 2;
    top->parent = top->number;
    return files;
}

Result<Entry*> Files::take_entry(fs::Ownership const& ownership)
{
    for (std::uint32_t i = 0; i < entry_count_; ++i) {
        Entry& entry = entries_[i];
        if (entry.is_in_use)
            continue;
        entry = Entry{};
        entry.number = i + 1;
        entry.is_in_use = true;
        entry.ownership = ownership;
        touch(entry, true);
        entry.accessed = entry.modified;
        ++used_entries_;
        return &entry;
    }
    return fail(Status::no_space);
}

void Files::free_entry(Entry& entry)
{
    free_pages(pool_, entry, 0);
    entry.is_in_use = false;
    --used_entries_;
}

Result<fs::NodeRef> Files::get(fs::NodeNumber number)
{
    if (number == 0 || number > entry_count_ || entry_at(number).links == 0)
        return fail(Status::not_found);
    return fs::NodeRef{*this, entry_at(number)};
}

void Files::release(fs::Node& node)
{
    Entry& entry = entry_of(node);
    if (--entry.references == 0 && entry.links == 0)
        free_entry(entry);
}

void Files::touch(Entry& entry, bool content_changed)
{
    entry.changed = clock_.now();
    if (content_changed)
        entry.modified = entry.changed;
}

fs::Attributes Files::attributes(fs::Node const& node) const
{
    constexpr std::uint64_t sectors_per_page = page_bytes / 512;
    Entry const& entry = entry_of(node);
    return {.ownership = entry.ownership,
            .links = entry.links,
            .size = entry.size,
            .blocks = entry.page_count * sectors_per_page,
            .accessed = entry.accessed,
            .modified = entry.modified,
            .changed = entry.changed};
}

Result<> Files::change(fs::Node& node, fs::AttributeChange const& change)
{
    Entry& entry = entry_of(node);
    fs::Ownership& ownership = entry.ownership;
    if (change.sets_mode)
        ownership.mode = static_cast<fs::Mode>((ownership.mode & fs::mode::kind_mask) |
                                               (change.mode & fs::mode::permissions));
    if (change.sets_owner)
        ownership.owner = change.owner;
    if (change.sets_group)
        ownership.group = change.group;
    touch(entry, false);
    if (change.accessed != nullptr)
        entry.accessed = *change.accessed;
    if (change.modified != nullptr)
        entry.modified = *change.modified;
    return {};
}

Result<std::size_t> Files::read(fs::Node& file, std::uint64_t offset, std::size_t length,
                                fs::ReadTarget& target)
{
    Entry const& entry = entry_of(file);
    if (offset >= entry.size)
        return std::size_t{0};
    std::size_t const there = std::min<std::uint64_t>(length, entry.size - offset);
    for (std::size_t done = 0; done < there;) {
        std::size_t const part = part_in_page(offset + done, there - done);
        Page const* const page = find_page(pool_, entry, (offset + done) / page_bytes);
        std::span const bytes{page == nullptr ? zeros : page->bytes};
        TRY(target.put(done, bytes.subspan((offset + done) % page_bytes, part)));
        done += part;
    }
    return there;
}

// A page that could not be filled holds nothing of what was tried behind the end of the file.
Result<> Files::write_page(Entry& entry, std::uint64_t offset, std::size_t done, std::size_t part,
                           fs::WriteSource& source)
{
    Page* const page = TRY(make_page(pool_, entry, offset / page_bytes));
    Result<> const got =
        source.get(done, std::span{page->bytes}.subspan(offset % page_bytes, part));
    if (!got)
        clear_after(entry, std::max(entry.size, offset - offset % page_bytes));
    return got;
}

Result<std::size_t> Files::write(fs::Node& file, std::uint64_t offset, std::size_t length,
                                 fs::WriteSource& source)
{
    Entry& entry = entry_of(file);
    if (offset > largest_size || length > largest_size - offset)
        return fail(Status::too_large);
    std::size_t done = 0;
    Result<> result{};
    while (done < length) {
        std::size_t const part = part_in_page(offset + done, length - done);
        result = write_page(entry, offset + done, done, part, source);
        if (!result)
            break;
        done += part;
        entry.size = std::max(entry.size, offset + done);
    }
    if (!result && done == 0)
        return fail(result.error());
    touch(entry, true);
    return done;
}

// What lies behind the end in the last page reads as zeros when the file grows over it.
void Files::clear_after(Entry& entry, std::uint64_t size)
{
    Page* const page = find_page(pool_, entry, size / page_bytes);
    if (page != nullptr)
        std::ranges::fill(std::span{page->bytes}.subspan(size % page_bytes), std::byte{0});
}

Result<> Files::truncate(fs::Node& file, std::uint64_t size)
{
    Entry& entry = entry_of(file);
    if (size > largest_size)
        return fail(Status::too_large);
    if (size < entry.size) {
        free_pages(pool_, entry, pages_for(size));
        clear_after(entry, size);
    }
    entry.size = size;
    touch(entry, true);
    return {};
}

Result<std::string_view> Files::read_link(fs::Node& link, std::span<char> buffer)
{
    Entry const& entry = entry_of(link);
    Page const* const page = find_page(pool_, entry, 0);
    if (page == nullptr || entry.size > buffer.size())
        return fail(Status::name_too_long);
    std::memcpy(buffer.data(), page->bytes.data(), entry.size);
    return std::string_view{buffer.data(), entry.size};
}

fs::SpaceInfo Files::space() const
{
    constexpr std::uint32_t tmpfs_type = 0x01021994;
    return {
        page_bytes, pool_.count(), pool_.free_count(), entry_count_, entry_count_ - used_entries_,
        tmpfs_type};
}

}  // namespace tmpfs
