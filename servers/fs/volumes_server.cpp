#include "servers/fs/volumes_server.hpp"
#include "servers/fs/mapping/mapped_files.hpp"

Result<> VolumesServer::freeze_all()
{
    TRY(service_.mapped().settle());
    for (std::uint32_t id = 0; id < tree_.system_count(); ++id)
        TRY(tree_.system(id).freeze());
    return {};
}

Result<> VolumesServer::freeze() { return service_.finish(freeze_all()); }
