// Files that processes share, and those of /dev and /proc.
#include "servers/posix/console_line.hpp"
#include "servers/posix/device_files.hpp"
#include "servers/posix/disk_file.hpp"
#include "servers/posix/event_counter.hpp"
#include "servers/posix/open_directory.hpp"
#include "servers/posix/pipe.hpp"
#include "servers/posix/process.hpp"
#include "servers/posix/process_texts.hpp"
#include "servers/posix/pseudo_terminal.hpp"
#include "servers/posix/text_file.hpp"

namespace posix {

Result<Posix::PipeResults> Process::pipe() { return Pipe::create(service_); }

Result<File> Process::event_counter(std::uint64_t initial, bool counts_down)
{
    return EventCounter::create(service_, initial, counts_down);
}

SystemTree Process::tree() const { return {service_, number_}; }

Result<Directory> Process::open_directory_place(Place const& place)
{
    return OpenDirectory::create(service_, place, number_);
}

Result<File> Process::open_place(Place const& place, OpenMode mode, Access access)
{
    if (mode == OpenMode::exclusive)
        return fail(Status::already_exists);
    bool const writes = access == Access::write || access == Access::read_write;
    switch (place.kind) {
    case PlaceKind::device:
        return open_device(device_rows()[place.index].name, access);
    case PlaceKind::terminal:
        return service_.pseudo_terminals[place.index]->terminal().open(access,
                                                                       user_->is_superuser());
    case PlaceKind::machine_text:
        if (writes)
            return fail(Status::access_denied);
        return TextFile::open(service_, {machine_texts()[place.index].write, 0});
    case PlaceKind::process_text:
        if (writes)
            return fail(Status::access_denied);
        return TextFile::open(service_, {process_texts()[place.index].write, place.process});
    case PlaceKind::own_process:
        return fail(Status::link_loop);
    default:
        return fail(Status::is_directory);
    }
}

Result<File> Process::open_device(std::string_view name, Access access)
{
    if (name == "ptmx")
        return PseudoTerminal::create(service_);
    if (name == "console")
        return service_.console->terminal().open(access, user_->is_superuser());
    if (name == "disk")
        return DiskFile::open(service_, user_->is_superuser(), access);
    if (name == "tty")
        return membership_.terminal == nullptr
                   ? fail(Status::not_found)
                   : membership_.terminal->open(access, user_->is_superuser());
    return DeviceFile::open(service_, name, access);
}

}  // namespace posix
