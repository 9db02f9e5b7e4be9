// /dev and /proc: names, in a tree that the server makes up. Paths are relative to the root
// directory, as the file server's are; below it there is nothing else here.
#pragma once
#include "generated/interfaces/file.hpp"
#include "servers/posix/service.hpp"

namespace posix {

class TerminalCore;

struct DeviceRow {
    std::string_view name;
    std::uint32_t major, minor;
    Kind kind = Kind::character_device;
    std::uint16_t mode = 0666;
};

std::span<DeviceRow const> device_rows();

enum class PlaceKind : std::uint8_t {
    root,
    devices,
    device,
    terminals,
    terminal,
    system,
    machine_text,
    own_process,
    process,
    process_text,
};

// What a path leads to.
struct Place {
    PlaceKind kind = PlaceKind::root;
    std::uint32_t index = 0;  // of a device or text in its table; number of a terminal or process

    ProcessNumber process = 0;

    bool is_directory() const
    {
        return kind == PlaceKind::root || kind == PlaceKind::devices ||
               kind == PlaceKind::terminals || kind == PlaceKind::system ||
               kind == PlaceKind::process;
    }
    bool is_text() const
    {
        return kind == PlaceKind::machine_text || kind == PlaceKind::process_text;
    }
};

// Where a terminal is.
Place place_of(Service const& service, TerminalCore const& terminal);

class SystemTree {
public:
    // `viewer`: the process for which it is looked at.
    SystemTree(Service& service, ProcessNumber viewer) : service_{service}, viewer_{viewer} {}

    // From `start`. A link in the last part is followed or not.
    // Errors: not_found, not_a_directory
    Result<Place> find(Place start, std::string_view path, bool no_follow) const;

    Attributes attributes(Place const& place) const;
    static Attributes disk_attributes(Service& service);  // of /dev/disk
    // Records as Directory.list promises them. Errors: too_large; those of leases
    Result<Directory::ListResults> list(Place const& directory, std::uint64_t cookie,
                                        sys::LeaseOut const& buffer) const;
    // The absolute path. Errors: too_large
    Result<std::uint32_t> write_path(Place const& place, sys::LeaseOut const& buffer) const;

    // What a link says. Errors: bad_argument (it is none)
    Result<std::uint32_t> write_link(Place const& place, sys::LeaseOut const& buffer) const;

private:
    Result<Place> step(Place const& from, std::string_view name) const;
    Result<Place> find_terminal(std::string_view name) const;
    Result<Place> find_in_system(std::string_view name) const;
    static Place parent_of(Place const& place);

    Service& service_;
    ProcessNumber viewer_;
};

}  // namespace posix
