#include "servers/posix/system_tree.hpp"
#include "lib/sys/line.hpp"
#include "servers/posix/process.hpp"
#include "servers/posix/process_texts.hpp"
#include "servers/posix/pseudo_terminal.hpp"
#include <charconv>

namespace posix {
namespace {

constexpr DeviceRow devices[] = {
    {"console", 5, 1}, {"disk", 8, 0, Kind::block_device, 0400},
    {"full", 1, 7},    {"null", 1, 3},
    {"ptmx", 5, 2},    {"random", 1, 8},
    {"tty", 5, 0},     {"urandom", 1, 9},
    {"zero", 1, 5},
};
constexpr std::uint32_t pseudo_terminal_major = 136;
constexpr std::uint32_t tree_volume = 0xfffe;  // the file server counts from below

template <class Rows>
std::optional<std::uint32_t> index_of(Rows const& rows, std::string_view name)
{
    for (std::uint32_t i = 0; i < rows.size(); ++i)
        if (rows[i].name == name)
            return i;
    return std::nullopt;
}

Result<std::uint32_t> number_of(std::string_view text)
{
    std::uint32_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data(), end, number);
    if (parsed.ec != std::errc{} || parsed.ptr != end || (text.front() == '0' && text != "0"))
        return fail(Status::not_found);
    return number;
}

}  // namespace

std::span<DeviceRow const> device_rows() { return devices; }

Place place_of(Service const& service, TerminalCore const& terminal)
{
    for (PseudoTerminal* const each : service.pseudo_terminals)
        if (each != nullptr && &each->terminal() == &terminal)
            return {.kind = PlaceKind::terminal, .index = each->number()};
    return {.kind = PlaceKind::device, .index = index_of(device_rows(), "console").value_or(0)};
}

Place SystemTree::parent_of(Place const& place)
{
    switch (place.kind) {
    case PlaceKind::terminals:
        return {.kind = PlaceKind::devices};
    case PlaceKind::process:
        return {.kind = PlaceKind::system};
    default:
        return {};
    }
}

Result<Place> SystemTree::find(Place place, std::string_view path, bool no_follow) const
{
    while (!path.empty()) {
        auto const length = std::min(path.find('/'), path.size());
        auto const name = path.substr(0, length);
        path.remove_prefix(length);
        bool const is_last = path.empty();
        path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
        if (!place.is_directory())
            return fail(Status::not_a_directory);
        if (name == "..")
            place = parent_of(place);
        else if (!name.empty() && name != ".")
            place = TRY(step(place, name));
        if (place.kind == PlaceKind::own_process && !(is_last && no_follow))
            place = {.kind = PlaceKind::process, .process = viewer_};
        if (!is_last && !place.is_directory())
            return fail(Status::not_a_directory);
    }
    return place;
}

Result<Place> SystemTree::step(Place const& from, std::string_view name) const
{
    switch (from.kind) {
    case PlaceKind::root:
        if (name == "dev" || name == "proc")
            return Place{.kind = name == "dev" ? PlaceKind::devices : PlaceKind::system};
        break;
    case PlaceKind::devices:
        if (name == "pts")
            return Place{.kind = PlaceKind::terminals};
        if (auto const index = index_of(device_rows(), name))
            return Place{.kind = PlaceKind::device, .index = *index};
        break;
    case PlaceKind::terminals:
        return find_terminal(name);
    case PlaceKind::system:
        return find_in_system(name);
    case PlaceKind::process:
        if (auto const index = index_of(process_texts(), name))
            return Place{.kind = PlaceKind::process_text, .index = *index, .process = from.process};
        break;
    default:
        break;
    }
    return fail(Status::not_found);
}

Result<Place> SystemTree::find_terminal(std::string_view name) const
{
    auto const number = TRY(number_of(name));
    if (number >= service_.pseudo_terminals.size())
        return fail(Status::not_found);
    PseudoTerminal* const found = service_.pseudo_terminals[number];
    if (found == nullptr || !found->has_master())
        return fail(Status::not_found);
    return Place{.kind = PlaceKind::terminal, .index = number};
}

Result<Place> SystemTree::find_in_system(std::string_view name) const
{
    if (name == "self")
        return Place{.kind = PlaceKind::own_process};
    if (auto const index = index_of(machine_texts(), name))
        return Place{.kind = PlaceKind::machine_text, .index = *index};
    auto const number = static_cast<ProcessNumber>(TRY(number_of(name)));
    if (service_.processes.find(number) == nullptr)
        return fail(Status::not_found);
    return Place{.kind = PlaceKind::process, .process = number};
}

// Numbers that no two names share: the kind, the index, the process.
static std::uint64_t inode_of(Place const& place)
{
    return (static_cast<std::uint64_t>(place.kind) + 1) |
           static_cast<std::uint64_t>(place.index) << 8 |
           static_cast<std::uint64_t>(place.process) << 32;
}

Attributes SystemTree::attributes(Place const& place) const
{
    Attributes result{.inode = inode_of(place), .mode = 0444, .kind = Kind::file, .links = 1};
    result.volume = tree_volume;
    if (place.is_directory()) {
        result.kind = Kind::directory;
        result.mode = 0555;
        result.links = 2;
    } else if (place.kind == PlaceKind::own_process) {
        result.kind = Kind::symbolic_link;
        result.mode = 0777;
    } else if (!place.is_text()) {
        DeviceRow const row = place.kind == PlaceKind::device
                                  ? device_rows()[place.index]
                                  : DeviceRow{"", pseudo_terminal_major, place.index};
        result.kind = row.kind;
        result.mode = row.mode;
        result.device = std::uint64_t{row.major} << 32 | row.minor;
    }
    if (Process const* const process = service_.processes.find(place.process))
        result.owner = process->facts().user;
    return result;
}

Attributes SystemTree::disk_attributes(Service& service)
{
    auto const index = index_of(device_rows(), "disk").value_or(0);
    return SystemTree{service, server_number}.attributes(
        {.kind = PlaceKind::device, .index = index});
}

Result<std::uint32_t> SystemTree::write_link(Place const& place, sys::LeaseOut const& buffer) const
{
    if (place.kind != PlaceKind::own_process)
        return fail(Status::bad_argument);
    sys::Line const text{viewer_};
    return static_cast<std::uint32_t>(TRY(buffer.write(0, std::as_bytes(std::span{text.view()}))));
}

Result<std::uint32_t> SystemTree::write_path(Place const& place, sys::LeaseOut const& buffer) const
{
    sys::Line path{"/"};
    switch (place.kind) {
    case PlaceKind::devices:
        path = sys::Line{"/dev"};
        break;
    case PlaceKind::device:
        path = sys::Line{"/dev/", device_rows()[place.index].name};
        break;
    case PlaceKind::terminals:
        path = sys::Line{"/dev/pts"};
        break;
    case PlaceKind::terminal:
        path = sys::Line{"/dev/pts/", place.index};
        break;
    case PlaceKind::system:
        path = sys::Line{"/proc"};
        break;
    case PlaceKind::machine_text:
        path = sys::Line{"/proc/", machine_texts()[place.index].name};
        break;
    case PlaceKind::process:
        path = sys::Line{"/proc/", place.process};
        break;
    case PlaceKind::process_text:
        path = sys::Line{"/proc/", place.process, "/", process_texts()[place.index].name};
        break;
    default:
        break;
    }
    if (path.size() > buffer.size())
        return fail(Status::too_large);
    return static_cast<std::uint32_t>(TRY(buffer.write(0, std::as_bytes(std::span{path.view()}))));
}

}  // namespace posix
