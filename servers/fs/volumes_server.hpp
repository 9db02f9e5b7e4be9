// VolumesServer: the service "volumes".
#pragma once
#include "generated/interfaces/volumes.hpp"
#include "servers/fs/service.hpp"
#include "servers/fs/tree/tree.hpp"

class VolumesServer final : public Volumes::Server {
public:
    VolumesServer(Service& service, fs::Tree& tree) : service_{service}, tree_{tree} {}

    Result<> freeze() override;
    Result<std::uint32_t> read_disk(std::uint64_t offset, sys::LeaseOut buffer) override;
    Result<std::uint64_t> disk_size() override;

private:
    Result<std::uint32_t> read_pages(std::uint64_t offset, sys::LeaseOut const& buffer);
    Result<> freeze_all();

    Service& service_;
    fs::Tree& tree_;
};
