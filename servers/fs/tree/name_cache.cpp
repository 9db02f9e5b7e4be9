#include "servers/fs/tree/name_cache.hpp"
#include <cstring>
#include <new>

namespace fs {

NameCache::NameCache() : entries_{new(std::nothrow) Entry[entry_count]} {}

bool NameCache::Entry::is(NodeKey key, std::string_view text) const
{
    return number != 0 && directory == key && length == text.size() &&
           std::memcmp(name, text.data(), text.size()) == 0;
}

// The one place where the name may be; nullptr: it is not kept.
NameCache::Entry* NameCache::place_of(NodeKey directory, std::string_view name) const
{
    if (!entries_ || name.size() > longest_name)
        return nullptr;
    std::uint32_t hash = directory.number + directory.system;
    for (char const letter : name)
        hash = hash * 31 + static_cast<unsigned char>(letter);
    return &entries_[(hash ^ hash >> 10) % entry_count];
}

NodeNumber NameCache::find(NodeKey directory, std::string_view name) const
{
    Entry const* const entry = place_of(directory, name);
    return entry != nullptr && entry->is(directory, name) ? entry->number : 0;
}

void NameCache::remember(NodeKey directory, std::string_view name, NodeNumber number)
{
    Entry* const entry = place_of(directory, name);
    if (entry == nullptr)
        return;
    entry->directory = directory;
    entry->number = number;
    entry->length = static_cast<std::uint8_t>(name.size());
    std::memcpy(entry->name, name.data(), name.size());
}

void NameCache::forget(NodeKey directory, std::string_view name)
{
    Entry* const entry = place_of(directory, name);
    if (entry != nullptr && entry->is(directory, name))
        entry->number = 0;
}

}  // namespace fs
