// DirectoryServer: one directory that a client holds. Its client reaches what is below it, and
// nothing above.
#pragma once
#include "generated/interfaces/file.hpp"
#include "servers/fs/ext4/path.hpp"
#include "servers/fs/service.hpp"

class DirectoryServer final : public Directory::Server {
public:
    // The server ends itself when its client is gone. Errors: no_memory, no_handles.
    static Result<Directory> create(Service& service, ext4::InodeRef inode);

    Result<File> open(std::string_view path, OpenMode mode) override;
    Result<Directory> open_directory(std::string_view path) override;
    Result<Attributes> attributes(std::string_view path) override;
    Result<Directory::ListResults> list(std::uint64_t cookie, sys::LeaseOut buffer) override;
    Result<> make_directory(std::string_view path) override;
    Result<> remove(std::string_view path) override;
    Result<> remove_directory(std::string_view path) override;
    Result<> rename(std::string_view from, std::string_view to) override;
    Result<VolumeInfo> volume() override;
    Result<> sync() override;
    void closed() override { delete this; }

private:
    DirectoryServer(Service& service, ext4::InodeRef inode)
        : service_{service}, inode_{std::move(inode)}
    {
    }
    ~DirectoryServer() = default;

    Result<ext4::InodeRef> find(std::string_view path);
    Result<ext4::Place> place(std::string_view path);
    Result<ext4::InodeRef> find_or_make(std::string_view path, OpenMode mode);
    Result<File> open_found(std::string_view path, OpenMode mode);
    Result<Directory> open_found_directory(std::string_view path);
    Result<Attributes> found_attributes(std::string_view path);
    Result<Directory::ListResults> list_into(std::uint64_t cookie, sys::LeaseOut buffer);
    Result<> make_directory_at(std::string_view path);
    Result<> remove_at(std::string_view path);
    Result<> remove_directory_at(std::string_view path);
    Result<> rename_at(std::string_view from, std::string_view to);

    Service& service_;
    ext4::InodeRef inode_;
};
