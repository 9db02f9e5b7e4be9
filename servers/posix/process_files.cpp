// Files that processes share.
#include "servers/posix/device_files.hpp"
#include "servers/posix/pipe.hpp"
#include "servers/posix/process.hpp"
#include "servers/posix/terminal.hpp"

namespace posix {

Result<Posix::PipeResults> Process::pipe() { return Pipe::create(service_); }

Result<File> Process::open_device(std::string_view name)
{
    if (name == "null" || name == "zero")
        return NullFile::open(service_, name == "zero");
    if (name == "console")
        return service_.console->open();
    if (name == "tty")
        return membership_.terminal == nullptr ? fail(Status::no_terminal)
                                               : membership_.terminal->open();
    return fail(Status::not_found);
}

}  // namespace posix
