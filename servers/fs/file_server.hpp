// FileServer: one open file of one client.
#pragma once
#include "generated/interfaces/file.hpp"
#include "servers/fs/service.hpp"

class FileServer final : public File::Server {
public:
    // The server ends itself when its client is gone. Errors: no_memory, no_handles.
    static Result<File> create(Service& service, ext4::InodeRef inode);

    Result<std::uint32_t> read(std::uint64_t offset, sys::LeaseOut buffer) override;
    Result<std::uint32_t> write(std::uint64_t offset, sys::LeaseIn data) override;
    Result<Attributes> attributes() override;
    Result<> truncate(std::uint64_t size) override;
    Result<> sync() override;
    void closed() override { delete this; }

private:
    FileServer(Service& service, ext4::InodeRef inode) : service_{service}, inode_{std::move(inode)}
    {
    }
    ~FileServer() = default;

    Service& service_;
    ext4::InodeRef inode_;
};
