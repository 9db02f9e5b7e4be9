// An open directory of /dev or /proc.
#pragma once
#include "servers/posix/system_directory.hpp"

namespace posix {

class OpenDirectory final : public TreeDirectory<Directory::Server> {
public:
    // Errors: not_a_directory, no_memory, no_handles
    static Result<Directory> create(Service& service, Place const& place, ProcessNumber viewer);

    void closed() override { delete this; }

private:
    OpenDirectory(Service& service, Place const& place, ProcessNumber viewer)
        : service_{service}, place_{place}, viewer_{viewer}
    {
    }

    SystemTree tree() const override { return {service_, viewer_}; }
    Place start() const override { return place_; }
    Result<File> open_place(Place const& place, OpenMode mode, Access access) override;
    Result<Directory> open_directory_place(Place const& place) override
    {
        return create(service_, place, viewer_);
    }

    Service& service_;
    Place place_;
    ProcessNumber viewer_;
};

}  // namespace posix
