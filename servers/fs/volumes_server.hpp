// VolumesServer: the service "volumes".
#pragma once
#include "generated/interfaces/volumes.hpp"
#include "servers/fs/service.hpp"
#include "servers/fs/tree/tree.hpp"

class VolumesServer final : public Volumes::Server {
public:
    VolumesServer(Service& service, fs::Tree& tree) : service_{service}, tree_{tree} {}

    Result<> freeze() override;

private:
    Result<> freeze_all();

    Service& service_;
    fs::Tree& tree_;
};
