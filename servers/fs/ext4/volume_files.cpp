#include "servers/fs/ext4/volume_files.hpp"
#include "servers/fs/ext4/directory.hpp"
#include "servers/fs/ext4/file.hpp"
#include "servers/fs/ext4/file_page.hpp"
#include "servers/fs/ext4/namespace.hpp"

namespace ext4 {

Result<fs::NodeRef> VolumeFiles::get(fs::NodeNumber number)
{
    Inode* const inode = TRY(volume_.inodes().use(number));
    return fs::NodeRef{*this, *inode};
}

fs::Attributes VolumeFiles::attributes(fs::Node const& node) const
{
    Inode const& inode = inode_of(node);
    bool const is_device =
        inode.kind() == Kind::character_device || inode.kind() == Kind::block_device;
    return {.ownership = inode.ownership,
            .links = inode.raw.links,
            .size = inode.size(),
            .blocks = inode.sectors(volume_.geometry()),
            .device = is_device ? inode.device() : 0,
            .accessed = inode.accessed(),
            .modified = inode.modified(),
            .changed = inode.changed()};
}

Result<> VolumeFiles::change(fs::Node& node, fs::AttributeChange const& change)
{
    Inode& inode = inode_of(node);
    TRY(volume_.begin_change());
    if (inode.has(disk::Inode::flag_immutable))
        return fail(Status::not_permitted);
    if (change.sets_mode)
        inode.ownership.mode = static_cast<fs::Mode>((inode.ownership.mode & fs::mode::kind_mask) |
                                                     (change.mode & fs::mode::permissions));
    if (change.sets_owner)
        inode.ownership.owner = change.owner;
    if (change.sets_group)
        inode.ownership.group = change.group;
    inode.set_times(volume_.now(), false);
    if (change.accessed != nullptr)
        inode.set_accessed(*change.accessed);
    if (change.modified != nullptr)
        inode.set_modified(*change.modified);
    return store_inode(volume_, inode);
}

Result<fs::NodeNumber> VolumeFiles::find(fs::Node& directory, std::string_view name)
{
    FoundEntry const found = TRY(find_entry(volume_, inode_of(directory), name));
    return found.entry.inode;
}

Result<std::uint64_t> VolumeFiles::list(fs::Node& directory, std::uint64_t position,
                                        fs::EntrySink& sink)
{
    return list_directory(volume_, inode_of(directory), position, sink);
}

Result<fs::NodeRef> VolumeFiles::make(fs::Node& directory, std::string_view name,
                                      fs::Ownership const& ownership)
{
    Place const place{inode_of(directory), name};
    bool const is_directory = ownership.kind() == Kind::directory;
    InodeRef const made = TRY(is_directory ? make_directory(volume_, place, ownership)
                                           : make_file(volume_, place, ownership));
    return node_of(made);
}

Result<> VolumeFiles::make_link(fs::Node& directory, std::string_view name, std::string_view target,
                                fs::Ownership const& ownership)
{
    Place const place{inode_of(directory), name};
    TRY(make_symbolic_link(volume_, place, target, ownership));
    return {};
}

Result<> VolumeFiles::link(fs::Node& directory, std::string_view name, fs::Node& node)
{
    return link_file(volume_, {inode_of(directory), name}, inode_of(node));
}

Result<> VolumeFiles::remove(fs::Node& directory, std::string_view name)
{
    return remove_file(volume_, {inode_of(directory), name});
}

Result<> VolumeFiles::remove_directory(fs::Node& directory, std::string_view name)
{
    return ext4::remove_directory(volume_, {inode_of(directory), name});
}

Result<> VolumeFiles::rename(fs::Node& from, std::string_view from_name, fs::Node& to,
                             std::string_view to_name)
{
    return ext4::rename(volume_, {inode_of(from), from_name}, {inode_of(to), to_name});
}

Result<std::string_view> VolumeFiles::read_link(fs::Node& link, std::span<char> buffer)
{
    return ext4::read_link(volume_, inode_of(link), buffer);
}

Result<std::size_t> VolumeFiles::read(fs::Node& file, std::uint64_t offset, std::size_t length,
                                      fs::ReadTarget& target)
{
    return read_file(volume_, inode_of(file), offset, length, target);
}

Result<std::size_t> VolumeFiles::write(fs::Node& file, std::uint64_t offset, std::size_t length,
                                       fs::WriteSource& source)
{
    return write_file(volume_, inode_of(file), offset, length, source);
}

Result<> VolumeFiles::truncate(fs::Node& file, std::uint64_t size)
{
    return truncate_file(volume_, inode_of(file), size);
}

void VolumeFiles::let_go_of_page(fs::Node& file, std::uint64_t number)
{
    ext4::let_go_of_page(volume_, inode_of(file), number);
}

Result<> VolumeFiles::store_page(fs::Node& file, std::uint64_t number, fs::PageContent page)
{
    return ext4::store_page(volume_, inode_of(file), number, page);
}

void VolumeFiles::return_page(fs::Node& file, std::uint64_t number, fs::PageContent page)
{
    ext4::return_page(volume_, inode_of(file), number, page);
}

Result<> VolumeFiles::reserve(fs::Node& file, std::uint64_t offset, std::uint64_t length)
{
    return reserve_blocks(volume_, inode_of(file), offset, length);
}

fs::SpaceInfo VolumeFiles::space() const
{
    constexpr std::uint32_t ext4_type = 0xef53;
    VolumeInfo const info = volume_.info();
    return {info.block_size,  info.block_count, info.free_blocks,
            info.inode_count, info.free_inodes, ext4_type};
}

}  // namespace ext4
