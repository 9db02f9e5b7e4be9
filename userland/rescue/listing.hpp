// Walks the records that Directory::list fills a buffer with: see interfaces/file.capnp.
#pragma once
#include "generated/interfaces/file.hpp"
#include <cstring>
#include <optional>

namespace rescue {

struct ListedEntry {
    std::uint64_t inode{};
    Kind kind{};
    std::string_view name;
};

class ListingReader {
public:
    explicit ListingReader(std::span<std::byte const> records) : rest_{records} {}

    // Nothing at the end, and for a record that does not fit.
    std::optional<ListedEntry> next();

private:
    struct Header {
        std::uint64_t inode{};
        std::uint16_t record_bytes{};
        std::uint16_t name_bytes{};
        std::uint8_t kind{};
        std::uint8_t zero[3]{};
    };
    static_assert(sizeof(Header) == 16);

    std::span<std::byte const> rest_;
};

inline std::optional<ListedEntry> ListingReader::next()
{
    Header header;
    if (rest_.size() < sizeof header)
        return std::nullopt;
    std::memcpy(&header, rest_.data(), sizeof header);
    if (header.record_bytes > rest_.size() ||
        sizeof header + header.name_bytes > header.record_bytes)
        return std::nullopt;
    auto const* name = reinterpret_cast<char const*>(rest_.data() + sizeof header);
    rest_ = rest_.subspan(header.record_bytes);
    return ListedEntry{header.inode, static_cast<Kind>(header.kind), {name, header.name_bytes}};
}

}  // namespace rescue
