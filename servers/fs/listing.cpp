#include "servers/fs/listing.hpp"
#include "servers/fs/attributes.hpp"
#include <algorithm>
#include <cstring>

namespace {

struct RecordHeader {
    std::uint64_t inode;
    std::uint16_t record_bytes, name_bytes;
    std::uint8_t kind, zeros[3];
};
static_assert(sizeof(RecordHeader) == 16);

constexpr std::size_t most_in_one_list = 1u << 20;

constexpr std::size_t record_bytes(std::string_view name)
{
    return (sizeof(RecordHeader) + name.size() + 7) & ~std::size_t{7};
}

}  // namespace

bool Listing::take(fs::ListedEntry const& entry)
{
    std::size_t const size = record_bytes(entry.name);
    if (sent_ + packed_ + size > std::min<std::uint64_t>(buffer_.size(), most_in_one_list)) {
        if (sent_ + packed_ == 0)
            status_ = Status::too_large;
        return false;
    }
    if (packed_ + size > pack_.size() && !send())
        return false;

    RecordHeader const header{entry.number,
                              static_cast<std::uint16_t>(size),
                              static_cast<std::uint16_t>(entry.name.size()),
                              static_cast<std::uint8_t>(kind_of(entry.kind)),
                              {}};
    std::span const record = std::span{pack_}.subspan(packed_, size);
    std::ranges::fill(record, std::byte{0});
    std::memcpy(record.data(), &header, sizeof header);
    std::memcpy(record.data() + sizeof header, entry.name.data(), entry.name.size());
    packed_ += size;
    return true;
}

bool Listing::send()
{
    Result<std::size_t> const copied = buffer_.write(sent_, std::span{pack_}.first(packed_));
    if (!copied || *copied != packed_) {
        status_ = copied ? Status::bad_address : copied.error();
        return false;
    }
    sent_ += packed_;
    packed_ = 0;
    return true;
}

Result<std::uint32_t> Listing::finish()
{
    if (status_ == Status::ok && packed_ != 0)
        send();
    if (status_ != Status::ok)
        return fail(status_);
    return static_cast<std::uint32_t>(sent_);
}
