#include "servers/fs/directory_server.hpp"
#include "servers/fs/attributes.hpp"
#include "servers/fs/file_server.hpp"
#include "servers/fs/listing.hpp"
#include "servers/fs/mapping/mapped_files.hpp"
#include "servers/fs/opening.hpp"
#include <new>

namespace {

fs::LastLink last_link(bool no_follow)
{
    return no_follow ? fs::LastLink::keep : fs::LastLink::follow;
}

}  // namespace

Result<Directory> DirectoryServer::create(Service& service, fs::View view, bool only_lists)
{
    auto* const server = new (std::nothrow) DirectoryServer{service, std::move(view), only_lists};
    if (server == nullptr)
        return fail(Status::no_memory);
    Result<Directory> client = service.client_of<Directory>(*server);
    if (!client)
        delete server;
    return client;
}

Result<File> DirectoryServer::open_found(std::string_view path, fs::Opening const& opening,
                                         bool append)
{
    fs::Opened opened = TRY(view_.open(path, opening));
    fs::View view = view_.at(opened.node.share());
    return FileServer::create(service_, std::move(view), std::move(opened), append);
}

Result<Directory> DirectoryServer::open_found_directory(std::string_view path, Access access,
                                                        bool no_follow, bool only_list)
{
    fs::NodeRef node = TRY(view_.find(path, last_link(no_follow)));
    fs::Kind const kind = node->kind();
    if (kind == fs::Kind::symbolic_link)
        return fail(Status::link_loop);
    if (kind != fs::Kind::directory)
        return fail(Status::not_a_directory);
    if (access == Access::read || only_list)
        TRY(view_.check(node, fs::may_read));
    fs::View view = view_.at(std::move(node));
    if (!only_list)
        return create(service_, std::move(view));
    auto who = TRY(fs::SharedCredential::make(fs::Credential::nobody()));
    return create(service_, view.as(std::move(who)), true);
}

Result<Attributes> DirectoryServer::found_attributes(std::string_view path, bool no_follow)
{
    fs::NodeRef const node = TRY(view_.find(path, last_link(no_follow)));
    return attributes_of(node);
}

Result<Directory::ListResults> DirectoryServer::list_into(std::uint64_t cookie,
                                                          sys::LeaseOut buffer)
{
    if (!only_lists_)
        TRY(view_.check(view_.start(), fs::may_read));
    Listing listing{buffer};
    std::uint64_t const next = TRY(system().list(*view_.start(), cookie, listing));
    std::uint32_t const count = TRY(listing.finish());
    return Directory::ListResults{.next = next, .count = count};
}

Result<std::uint32_t> DirectoryServer::read_found_link(std::string_view path, sys::LeaseOut buffer)
{
    constexpr std::size_t longest_link = 4096;
    fs::NodeRef const node = TRY(view_.find(path, fs::LastLink::keep));
    if (node->kind() != fs::Kind::symbolic_link)
        return fail(Status::bad_argument);
    std::array<char, longest_link> text;
    std::string_view const target = TRY(node.system().read_link(*node, text));
    std::size_t const count =
        TRY(buffer.write(0, std::as_bytes(std::span{target.data(), target.size()})));
    return static_cast<std::uint32_t>(count);
}

Result<std::uint32_t> DirectoryServer::real_path_of(std::string_view path, sys::LeaseOut buffer)
{
    fs::Trail trail;
    TRY(fs::Walk(view_.tree(), view_.who(), view_.start(), &trail)
            .find(path, fs::LastLink::follow));
    std::string_view const text = trail.text();
    if (text.size() > buffer.size())
        return fail(Status::too_large);
    TRY(buffer.write(0, std::as_bytes(std::span{text.data(), text.size()})));
    return static_cast<std::uint32_t>(text.size());
}

Result<VolumeInfo> DirectoryServer::found_volume(std::string_view path, std::uint32_t number)
{
    fs::Tree& tree = view_.tree();
    if (number > tree.system_count())
        return fail(Status::not_found);
    fs::FileSystem const& system = number != 0
                                       ? tree.system(number - 1)
                                       : TRY(view_.find(path, fs::LastLink::follow)).system();
    fs::SpaceInfo const info = system.space();
    return VolumeInfo{.block_size = info.block_size,
                      .block_count = info.block_count,
                      .free_blocks = info.free_blocks,
                      .inode_count = info.inode_count,
                      .free_inodes = info.free_inodes,
                      .read_only = system.is_read_only(),
                      .type = info.type};
}

Result<> DirectoryServer::change_found(std::string_view path, AttributeChange const& change,
                                       bool no_follow)
{
    fs::NodeRef const node = TRY(view_.find(path, last_link(no_follow)));
    return change_attributes(view_, node, change, service_.clock());
}

Result<> DirectoryServer::check_found(std::string_view path, std::uint16_t permissions,
                                      bool no_follow)
{
    constexpr fs::Permissions all = fs::may_read | fs::may_write | fs::may_execute;
    if (permissions > all)
        return fail(Status::bad_argument);
    fs::NodeRef const node = TRY(view_.find(path, last_link(no_follow)));
    return view_.check(node, permissions);
}

Result<File> DirectoryServer::open(std::string_view path, OpenMode mode, Access access, bool append,
                                   bool no_follow, std::uint16_t permissions)
{
    Result<fs::Opening> const opening = opening_of(mode, access, no_follow, permissions);
    if (!opening)
        return fail(opening.error());
    return service_.finish(open_found(path, *opening, append));
}

Result<Directory> DirectoryServer::open_directory(std::string_view path, Access access,
                                                  bool no_follow, bool only_list)
{
    return service_.finish(open_found_directory(path, access, no_follow, only_list));
}

Result<Attributes> DirectoryServer::attributes(std::string_view path, bool no_follow)
{
    Result<Attributes> result = found_attributes(path, no_follow);
    service_.conclude(result ? Status::ok : result.error());
    return result;
}

Result<Directory::ListResults> DirectoryServer::list(std::uint64_t cookie, sys::LeaseOut buffer)
{
    return service_.finish(list_into(cookie, buffer));
}

Result<> DirectoryServer::make_directory(std::string_view path, std::uint16_t permissions)
{
    return service_.finish(view_.make(path, mode_of(fs::Kind::directory, permissions)));
}

Result<> DirectoryServer::remove(std::string_view path)
{
    return service_.finish(view_.remove(path));
}

Result<> DirectoryServer::remove_directory(std::string_view path)
{
    return service_.finish(view_.remove_directory(path));
}

Result<> DirectoryServer::rename(std::string_view from, std::string_view to, bool no_replace)
{
    return service_.finish(view_.rename(from, to, !no_replace));
}

Result<VolumeInfo> DirectoryServer::volume(std::string_view path, std::uint32_t number)
{
    return service_.finish(found_volume(path, number));
}

Result<> DirectoryServer::sync()
{
    fs::Tree& tree = view_.tree();
    Result<> result = service_.mapped().settle();
    for (std::uint32_t id = 0; id < tree.system_count(); ++id)
        if (Result<> const synced = tree.system(id).sync(); !synced)
            result = synced;
    return service_.finish(result);
}

Result<Directory::MemoryUseResults> DirectoryServer::memory_use()
{
    return Directory::MemoryUseResults{
        .cached = std::uint64_t{service_.cache().held_count()} * fs::page_bytes,
        .mapped = std::uint64_t{service_.mapped().page_count()} * fs::file_page_bytes};
}

Result<> DirectoryServer::link(std::string_view from, std::string_view to, bool follow)
{
    return service_.finish(view_.link(from, to, last_link(!follow)));
}

Result<> DirectoryServer::symbolic_link(std::string_view target, std::string_view path)
{
    return service_.finish(view_.make_link(path, target));
}

Result<std::uint32_t> DirectoryServer::read_link(std::string_view path, sys::LeaseOut buffer)
{
    return service_.finish(read_found_link(path, buffer));
}

Result<std::uint32_t> DirectoryServer::real_path(std::string_view path, sys::LeaseOut buffer)
{
    return service_.finish(real_path_of(path, buffer));
}

Result<> DirectoryServer::set_attributes(std::string_view path, AttributeChange const& change,
                                         bool no_follow)
{
    AttributeChange const copy = change;
    return service_.finish(change_found(path, copy, no_follow));
}

Result<> DirectoryServer::make_node(std::string_view path, Kind kind, std::uint16_t permissions)
{
    if (kind != Kind::file && kind != Kind::fifo && kind != Kind::socket)
        return fail(Status::not_supported);
    fs::Kind const made = kind == Kind::file   ? fs::Kind::file
                          : kind == Kind::fifo ? fs::Kind::fifo
                                               : fs::Kind::socket;
    return service_.finish(view_.make(path, mode_of(made, permissions)));
}

Result<> DirectoryServer::check(std::string_view path, std::uint16_t permissions, bool no_follow)
{
    return service_.finish(check_found(path, permissions, no_follow));
}

Result<Directory> DirectoryServer::for_user(std::uint32_t user, std::uint32_t group,
                                            codec::List<std::uint32_t> groups)
{
    if (!view_.who().is_superuser())
        return fail(Status::not_permitted);
    if (groups.size() > fs::Credential::most_groups)
        return fail(Status::bad_argument);
    std::array<std::uint32_t, fs::Credential::most_groups> copy{};
    std::size_t count = 0;
    for (std::uint32_t const member : groups)
        copy[count++] = member;
    fs::Credential const who{user, group, std::span{copy}.first(count)};
    fs::SharedCredential shared = TRY(fs::SharedCredential::make(who));
    return create(service_, view_.as(std::move(shared)));
}
