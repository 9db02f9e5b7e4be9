// Directories: records of one size in pages, in no order. A name that goes leaves its record free.
#include "servers/fs/tmpfs/files.hpp"
#include <cstring>

namespace tmpfs {

struct Name {
    static constexpr std::size_t longest = 255;

    fs::NodeNumber number = 0;  // 0: free
    std::uint8_t length = 0;
    char text[longest];

    std::string_view view() const { return {text, length}; }
};
static_assert(sizeof(Name) == 260);

namespace {

constexpr std::size_t names_per_page = page_bytes / sizeof(Name);
constexpr std::uint64_t first_name = 2;  // as positions count: "." and ".." come before
constexpr std::size_t longest_link = page_bytes - 1;

Result<> check_name(std::string_view name)
{
    if (name.empty() || name == "." || name == ".." || name.find('\0') != name.npos ||
        name.find('/') != name.npos)
        return fail(Status::bad_argument);
    return name.size() > Name::longest ? fail(Status::name_too_long) : Result<>{};
}

bool is_directory(Entry const& entry) { return entry.kind() == fs::Kind::directory; }

}  // namespace

// nullptr: behind the last.
Name* Files::name_at(Entry const& directory, std::uint64_t index) const
{
    Page* const page = find_page(pool_, directory, index / names_per_page);
    if (page == nullptr)
        return nullptr;
    auto* const names = reinterpret_cast<Name*>(page->bytes.data());
    return &names[index % names_per_page];
}

Result<Name*> Files::find_name(Entry const& directory, std::string_view name) const
{
    if (!is_directory(directory))
        return fail(Status::not_a_directory);
    if (name.size() > Name::longest)
        return fail(Status::name_too_long);
    std::uint64_t index = 0;
    while (Name* const candidate = name_at(directory, index)) {
        if (candidate->number != 0 && candidate->view() == name)
            return candidate;
        ++index;
    }
    return fail(Status::not_found);
}

Result<> Files::check_is_free(Entry const& directory, std::string_view name) const
{
    TRY(check_name(name));
    if (directory.links == 0)
        return fail(Status::not_found);  // it was removed, and is only still open
    Result<Name*> const found = find_name(directory, name);
    if (found)
        return fail(Status::already_exists);
    return found.error() == Status::not_found ? Result<>{} : fail(found.error());
}

Result<> Files::add_name(Entry& directory, std::string_view name, Entry const& entry)
{
    std::uint64_t index = 0;
    Name* place = name_at(directory, index);
    while (place != nullptr && place->number != 0)
        place = name_at(directory, ++index);
    if (place == nullptr) {
        TRY(make_page(pool_, directory, index / names_per_page));
        place = name_at(directory, index);
        directory.size += page_bytes;
    }
    place->number = entry.number;
    place->length = static_cast<std::uint8_t>(name.size());
    std::memcpy(place->text, name.data(), name.size());
    ++directory.name_count;
    touch(directory, true);
    return {};
}

void Files::remove_name(Entry& directory, Name& name)
{
    name.number = 0;
    --directory.name_count;
    touch(directory, true);
}

void Files::drop_name_of(Entry& entry)
{
    touch(entry, false);
    entry.links = is_directory(entry) ? 0 : entry.links - 1;
    if (entry.links == 0 && entry.references == 0)
        free_entry(entry);
}

Result<fs::NodeNumber> Files::find(fs::Node& directory, std::string_view name)
{
    Name const* const found = TRY(find_name(entry_of(directory), name));
    return found->number;
}

Result<std::uint64_t> Files::list(fs::Node& directory, std::uint64_t position, fs::EntrySink& sink)
{
    Entry const& entry = entry_of(directory);
    if (!is_directory(entry))
        return fail(Status::not_a_directory);
    if (position == 0 && !sink.take({entry.number, fs::Kind::directory, "."}))
        return position;
    if (position <= 1 && !sink.take({entry.parent, fs::Kind::directory, ".."}))
        return std::uint64_t{1};
    position = std::max(position, first_name);
    while (Name const* const name = name_at(entry, position - first_name)) {
        bool const is_used = name->number != 0;
        if (is_used && !sink.take({name->number, entry_at(name->number).kind(), name->view()}))
            return position;
        ++position;
    }
    return position;
}

Result<fs::NodeRef> Files::make(fs::Node& directory, std::string_view name,
                                fs::Ownership const& ownership)
{
    Entry& parent = entry_of(directory);
    TRY(check_is_free(parent, name));
    Entry* const entry = TRY(take_entry(ownership));
    if (Result<> const added = add_name(parent, name, *entry); !added) {
        free_entry(*entry);
        return fail(added.error());
    }
    entry->links = 1;
    if (is_directory(*entry)) {
        entry->links = 2;
        entry->parent = parent.number;
        ++parent.links;
    }
    return fs::NodeRef{*this, *entry};
}

Result<> Files::make_link(fs::Node& directory, std::string_view name, std::string_view target,
                          fs::Ownership const& ownership)
{
    if (target.empty())
        return fail(Status::bad_argument);
    if (target.size() > longest_link)
        return fail(Status::name_too_long);
    fs::NodeRef const made = TRY(make(directory, name, ownership));
    Entry& link = entry_of(*made);
    Result<Page*> const page = make_page(pool_, link, 0);
    if (!page) {
        TRY(remove(directory, name));
        return fail(page.error());
    }
    std::memcpy((*page)->bytes.data(), target.data(), target.size());
    link.size = target.size();
    return {};
}

Result<> Files::link(fs::Node& directory, std::string_view name, fs::Node& node)
{
    constexpr std::uint32_t most_links = 65000;
    Entry& entry = entry_of(node);
    TRY(check_is_free(entry_of(directory), name));
    if (entry.links == 0)
        return fail(Status::not_found);
    if (entry.links >= most_links)
        return fail(Status::too_many_links);
    TRY(add_name(entry_of(directory), name, entry));
    ++entry.links;
    touch(entry, false);
    return {};
}

Result<> Files::remove(fs::Node& directory, std::string_view name)
{
    Entry& parent = entry_of(directory);
    Name* const found = TRY(find_name(parent, name));
    Entry& entry = entry_at(found->number);
    if (is_directory(entry))
        return fail(Status::is_directory);
    remove_name(parent, *found);
    drop_name_of(entry);
    return {};
}

Result<> Files::remove_directory(fs::Node& directory, std::string_view name)
{
    Entry& parent = entry_of(directory);
    Name* const found = TRY(find_name(parent, name));
    Entry& entry = entry_at(found->number);
    if (!is_directory(entry))
        return fail(Status::not_a_directory);
    if (entry.name_count != 0)
        return fail(Status::not_empty);
    remove_name(parent, *found);
    --parent.links;
    drop_name_of(entry);
    return {};
}

Result<> Files::check_replaced(Entry const& moved, Entry const& replaced) const
{
    if (is_directory(replaced) && !is_directory(moved))
        return fail(Status::is_directory);
    if (!is_directory(replaced) && is_directory(moved))
        return fail(Status::not_a_directory);
    return replaced.name_count == 0 ? Result<>{} : fail(Status::not_empty);
}

Result<> Files::rename(fs::Node& from, std::string_view from_name, fs::Node& to,
                       std::string_view to_name)
{
    Entry& old_parent = entry_of(from);
    Entry& new_parent = entry_of(to);
    TRY(check_name(to_name));
    if (new_parent.links == 0)
        return fail(Status::not_found);
    Name* const old_name = TRY(find_name(old_parent, from_name));
    Entry& moved = entry_at(old_name->number);
    Result<Name*> const there = find_name(new_parent, to_name);
    if (!there && there.error() != Status::not_found)
        return fail(there.error());
    if (there) {
        Entry& replaced = entry_at((*there)->number);
        if (&replaced == &moved)
            return {};
        TRY(check_replaced(moved, replaced));
        (*there)->number = moved.number;
        new_parent.links -= is_directory(replaced) ? 1 : 0;
        drop_name_of(replaced);
    } else {
        TRY(add_name(new_parent, to_name, moved));
    }
    remove_name(old_parent, *old_name);
    if (is_directory(moved)) {
        --old_parent.links;
        ++new_parent.links;
        moved.parent = new_parent.number;
    }
    touch(moved, false);
    touch(new_parent, true);
    return {};
}

}  // namespace tmpfs
