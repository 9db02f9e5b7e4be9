// The content of directories of /dev and /proc.
#include "lib/sys/line.hpp"
#include "servers/posix/process.hpp"
#include "servers/posix/process_texts.hpp"
#include "servers/posix/pseudo_terminal.hpp"
#include "servers/posix/system_tree.hpp"
#include <cstring>

namespace posix {
namespace {

// As interfaces/file.capnp has it.
struct RecordHeader {
    std::uint64_t inode;
    std::uint16_t record_bytes, name_bytes;
    std::uint8_t kind, zeros[3];
};

// Takes the entries from number `cookie` on, until the client's buffer is full.
class Listing {
public:
    Listing(std::uint64_t cookie, sys::LeaseOut const& buffer) : next_{cookie}, buffer_{buffer} {}

    void take(std::string_view name, Kind kind, std::uint64_t inode)
    {
        if (seen_++ != next_ || status_ != Status::ok)
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
        ++next_;
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
        list_rows(listing, device_rows(), Kind::character_device);
        listing.take("pts", Kind::directory, 1);
        break;
    case PlaceKind::terminals:
        list_terminals(listing, service_);
        break;
    case PlaceKind::system:
        list_rows(listing, machine_texts(), Kind::file);
        listing.take("self", Kind::symbolic_link, 1);
        service_.processes.for_each([&](Process const& process) {
            listing.take(sys::Line{process.number()}.view(), Kind::directory,
                         static_cast<std::uint64_t>(process.number()));
        });
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
