#include "servers/fs/directory_server.hpp"
#include "servers/fs/attributes.hpp"
#include "servers/fs/ext4/file.hpp"
#include "servers/fs/ext4/namespace.hpp"
#include "servers/fs/file_server.hpp"
#include "servers/fs/listing.hpp"
#include "servers/fs/path_copy.hpp"
#include <new>

namespace {

constexpr std::uint16_t file_permissions = 0644;
constexpr std::uint16_t directory_permissions = 0755;

}  // namespace

Result<Directory> DirectoryServer::create(Service& service, ext4::InodeRef inode)
{
    auto* const server = new (std::nothrow) DirectoryServer{service, std::move(inode)};
    if (server == nullptr)
        return fail(Status::no_memory);
    Result<Directory> client = service.client_of<Directory>(*server);
    if (!client)
        delete server;
    return client;
}

Result<ext4::InodeRef> DirectoryServer::find(std::string_view path)
{
    return ext4::find_path(service_.volume(), *inode_, path);
}

Result<ext4::Place> DirectoryServer::place(std::string_view path)
{
    return ext4::find_place(service_.volume(), *inode_, path);
}

Result<ext4::InodeRef> DirectoryServer::find_or_make(std::string_view path, OpenMode mode)
{
    if (mode != OpenMode::exclusive) {
        Result<ext4::InodeRef> found = find(path);
        bool const may_make = mode == OpenMode::create || mode == OpenMode::truncate;
        if (found || found.error() != Status::not_found || !may_make)
            return found;
    }
    if (path.ends_with('/'))
        return fail(Status::is_directory);
    ext4::Place const free_place = TRY(place(path));
    return ext4::make_file(service_.volume(), free_place, file_permissions);
}

Result<File> DirectoryServer::open_found(std::string_view path, OpenMode mode)
{
    ext4::InodeRef inode = TRY(find_or_make(path, mode));
    if (inode->kind() == ext4::Kind::directory)
        return fail(Status::is_directory);
    if (inode->kind() != ext4::Kind::file)
        return fail(Status::not_supported);
    if (mode == OpenMode::truncate && inode->size() != 0)
        TRY(ext4::truncate_file(service_.volume(), *inode, 0));
    return FileServer::create(service_, std::move(inode));
}

Result<Directory> DirectoryServer::open_found_directory(std::string_view path)
{
    ext4::InodeRef inode = TRY(find(path));
    if (inode->kind() != ext4::Kind::directory)
        return fail(Status::not_a_directory);
    return create(service_, std::move(inode));
}

Result<Attributes> DirectoryServer::found_attributes(std::string_view path)
{
    ext4::InodeRef const inode = TRY(find(path));
    return attributes_of(*inode);
}

Result<Directory::ListResults> DirectoryServer::list_into(std::uint64_t cookie,
                                                          sys::LeaseOut buffer)
{
    Listing listing{buffer};
    std::uint64_t const next =
        TRY(ext4::list_directory(service_.volume(), *inode_, cookie, listing));
    std::uint32_t const count = TRY(listing.finish());
    return Directory::ListResults{.next = next, .count = count};
}

Result<> DirectoryServer::make_directory_at(std::string_view path)
{
    ext4::Place const free_place = TRY(place(path));
    TRY(ext4::make_directory(service_.volume(), free_place, directory_permissions));
    return {};
}

Result<> DirectoryServer::remove_at(std::string_view path)
{
    ext4::Place const found = TRY(place(path));
    return ext4::remove_file(service_.volume(), found);
}

Result<> DirectoryServer::remove_directory_at(std::string_view path)
{
    ext4::Place const found = TRY(place(path));
    return ext4::remove_directory(service_.volume(), found);
}

Result<> DirectoryServer::rename_at(std::string_view from, std::string_view to)
{
    ext4::Place const old_place = TRY(place(from));
    ext4::Place const new_place = TRY(place(to));
    return ext4::rename(service_.volume(), old_place, new_place);
}

Result<File> DirectoryServer::open(std::string_view path, OpenMode mode)
{
    return service_.finish(open_found(PathCopy{path}, mode));
}

Result<Directory> DirectoryServer::open_directory(std::string_view path)
{
    return service_.finish(open_found_directory(PathCopy{path}));
}

Result<Attributes> DirectoryServer::attributes(std::string_view path)
{
    return service_.finish(found_attributes(PathCopy{path}));
}

Result<Directory::ListResults> DirectoryServer::list(std::uint64_t cookie, sys::LeaseOut buffer)
{
    return service_.finish(list_into(cookie, buffer));
}

Result<> DirectoryServer::make_directory(std::string_view path)
{
    return service_.finish(make_directory_at(PathCopy{path}));
}

Result<> DirectoryServer::remove(std::string_view path)
{
    return service_.finish(remove_at(PathCopy{path}));
}

Result<> DirectoryServer::remove_directory(std::string_view path)
{
    return service_.finish(remove_directory_at(PathCopy{path}));
}

Result<> DirectoryServer::rename(std::string_view from, std::string_view to)
{
    PathCopy const old_path{from};
    PathCopy const new_path{to};
    return service_.finish(rename_at(old_path, new_path));
}

Result<VolumeInfo> DirectoryServer::volume()
{
    ext4::VolumeInfo const info = service_.volume().info();
    return VolumeInfo{.block_size = info.block_size,
                      .block_count = info.block_count,
                      .free_blocks = info.free_blocks,
                      .inode_count = info.inode_count,
                      .free_inodes = info.free_inodes};
}

Result<> DirectoryServer::sync() { return service_.finish(service_.volume().sync()); }
