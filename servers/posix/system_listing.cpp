// The content of directories of /dev and /proc.
#include "lib/sys/line.hpp"
#include "servers/posix/process.hpp"
#include "servers/posix/process_texts.hpp"
#include "servers/posix/pseudo_terminal.hpp"
#include "servers/posix/system_tree.hpp"
#include <algorithm>
#include <cstring>

namespace posix {
namespace {

// As interfaces/file.capnp has it.
struct RecordHeader {
    std::uint64_t inode;
    std::uint16_t record_bytes, name_bytes;
    std::uint8_t kind, zeros[3];
};

// Takes the entries from place `cookie` on, until the client's buffer is full.
class Listing {
public:
    Listing(std::uint64_t cookie, sys::LeaseOut const& buffer) : next_{cookie}, buffer_{buffer} {}

    std::uint64_t next() const { return next_; }
    bool is_full() const { return status_ != Status::ok; }

    void take(std::string_view name, Kind kind, std::uint64_t inode)
    {
        take_at(seen_++, name, kind, inode);
    }

    // An entry's place, which grows from entry to entry, stays the same while others come and go.
    void take_at(std::uint64_t place, std::string_view name, Kind kind, std::uint64_t inode)
    {
        if (place < next_ || is_full())
            return;
        std::array<std::byte, 64> record{};
        auto const bytes = (sizeof(RecordHeader) + name.size() + 7) & ~std::size_t{7};
        if (bytes > record.size() || bytes > buffer_.size() - used_) {
            status_ = used_ == 0 ? Status::too_large : Status::no_space;
            return;
        }
        RecordHeader const header{inode,
                                  static_cast<std::uint16_t>(bytes),
                                  static_cast<std::uint16_t>(name.size()),
                                  static_cast<std::uint8_t>(kind),
                                  {}};
        std::memcpy(record.data(), &header, sizeof header);
        name.copy(reinterpret_cast<char*>(record.data()) + sizeof header, name.size());
        if (auto const copied = buffer_.write(used_, std::span{record}.first(bytes)); !copied) {
            status_ = copied.error();
            return;
        }
        used_ += bytes;
        next_ = place + 1;
    }

    Result<Directory::ListResults> finish() const
    {
        if (status_ != Status::ok && status_ != Status::no_space)
            return fail(status_);
        return Directory::ListResults{.next = next_, .count = static_cast<std::uint32_t>(used_)};
    }

private:
    std::uint64_t seen_ = 0;
    std::uint64_t next_;
    sys::LeaseOut buffer_;
    std::size_t used_ = 0;
    Status status_ = Status::ok;
};

template <class Rows>
void list_rows(Listing& listing, Rows const& rows, Kind kind)
{
    std::uint64_t inode = 1;
    for (auto const& row : rows)
        listing.take(row.name, kind, inode++);
}

// In the order of their numbers.
void list_processes(Listing& listing, ProcessTable const& processes)
{
    constexpr std::uint64_t first_place = 1 << 16;
    auto number = static_cast<ProcessNumber>(std::max(listing.next(), first_place) - first_place);
    for (Process const* process; !listing.is_full(); number = process->number() + 1) {
        process = processes.find_from(number);
        if (process == nullptr)
            return;
        auto const own = static_cast<std::uint64_t>(process->number());
        listing.take_at(first_place + own, sys::Line{own}.view(), Kind::directory, own);
    }
}

void list_terminals(Listing& listing, Service const& service)
{
    for (PseudoTerminal const* const each : service.pseudo_terminals)
        if (each != nullptr && each->has_master())
            listing.take(sys::Line{each->number()}.view(), Kind::character_device,
                         each->number() + 1);
}

}  // namespace

Result<Directory::ListResults> SystemTree::list(Place const& directory, std::uint64_t cookie,
                                                sys::LeaseOut const& buffer) const
{
    Listing listing{cookie, buffer};
    for (std::string_view const name : {".", ".."})
        listing.take(name, Kind::directory, 1);
    switch (directory.kind) {
    case PlaceKind::root:
        for (std::string_view const name : {"dev", "proc"})
            listing.take(name, Kind::directory, 1);
        break;
    case PlaceKind::devices:
        for (std::uint64_t inode = 1; DeviceRow const& row : device_rows())
            listing.take(row.name, row.kind, inode++);
        for (std::string_view const name : {"pts", "shm"})  // the latter is the file server's
            listing.take(name, Kind::directory, 1);
        break;
    case PlaceKind::terminals:
        list_terminals(listing, service_);
        break;
    case PlaceKind::system:
        list_rows(listing, machine_texts(), Kind::file);
        listing.take("self", Kind::symbolic_link, 1);
        list_processes(listing, service_.processes);
        break;
    case PlaceKind::process:
        list_rows(listing, process_texts(), Kind::file);
        break;
    default:
        return fail(Status::not_a_directory);
    }
    return listing.finish();
}

}  // namespace posix
