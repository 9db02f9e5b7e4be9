#include "servers/posix/open_directory.hpp"
#include "servers/posix/process.hpp"
#include "servers/posix/serve.hpp"
#include <new>

namespace posix {

Result<Directory> OpenDirectory::create(Service& service, Place const& place, ProcessNumber viewer)
{
    if (!place.is_directory())
        return fail(Status::not_a_directory);
    return serve<Directory>(service, std::unique_ptr<OpenDirectory>{
                                         new (std::nothrow) OpenDirectory{service, place, viewer}});
}

// As the process opens it that the directory was opened for.
Result<File> OpenDirectory::open_place(Place const& place, OpenMode mode, Access access)
{
    Process* const process = service_.processes.find(viewer_);
    return process == nullptr ? fail(Status::not_found) : process->open_place(place, mode, access);
}

}  // namespace posix
