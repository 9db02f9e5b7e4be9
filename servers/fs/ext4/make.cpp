// Making files, directories and symbolic links.
#include "servers/fs/ext4/directory.hpp"
#include "servers/fs/ext4/file.hpp"
#include "servers/fs/ext4/inode_allocator.hpp"
#include "servers/fs/ext4/namespace.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <algorithm>
#include <cstring>

namespace ext4 {

namespace {

class FromText final : public WriteSource {
public:
    explicit FromText(std::string_view text) : text_{text} {}
    Result<> get(std::size_t offset, std::span<std::byte> into) override
    {
        std::memcpy(into.data(), text_.substr(offset).data(), into.size());
        return {};
    }

private:
    std::string_view text_;
};

// Fails with already_exists if something of that name is there.
Result<> check_is_free(Volume& volume, Place const& place)
{
    TRY(check_name(place.name));
    if (place.directory.raw.links == 0)
        return fail(Status::not_found);  // it was removed, and is only still open
    Result<FoundEntry> const found = find_entry(volume, place.directory, place.name);
    if (found)
        return fail(Status::already_exists);
    return found.error() == Status::not_found ? Result<>{} : fail(found.error());
}

// An inode that gets no name after all is deleted when its last reference goes.
Result<InodeRef> give_name(Volume& volume, Place const& place, InodeRef inode)
{
    Result<> const added =
        add_entry(volume, place.directory, place.name, inode->number, entry_kind(volume, *inode));
    if (added)
        return inode;
    inode->raw.links = 0;
    return fail(added.error());
}

// "." and "..", in the first block of a new directory.
Result<> fill_directory(Volume& volume, Inode& directory, Inode const& parent)
{
    LogicalBlock const index = TRY(append_directory_block(volume, directory));
    DirectoryBlock const block = TRY(DirectoryBlock::open(volume, directory, index));
    std::uint8_t const kind = entry_kind(volume, directory);
    std::size_t const first = entry_size(1);
    block.write(0, first, ".", directory.number, kind);
    block.write(first, block.limit() - first, "..", parent.number, kind);
    block.changed(volume, directory);
    directory.raw.links = 2;
    return store_inode(volume, directory);
}

Result<> write_target(Volume& volume, Inode& link, std::string_view target)
{
    if (target.size() < sizeof link.raw.block) {
        link.raw.flags &= ~disk::Inode::flag_extents;
        std::memset(link.raw.block, 0, sizeof link.raw.block);
        std::memcpy(link.raw.block, target.data(), target.size());
        link.set_size(target.size());
        return store_inode(volume, link);
    }
    FromText source{target};
    std::size_t const written = TRY(write_file(volume, link, 0, target.size(), source));
    return written == target.size() ? Result<>{} : fail(Status::no_space);
}

}  // namespace

Result<> check_name(std::string_view name)
{
    if (name.empty() || name == "." || name == ".." || name.find('\0') != name.npos ||
        name.find('/') != name.npos)
        return fail(Status::bad_argument);
    if (name.size() > disk::DirectoryEntry::max_name)
        return fail(Status::name_too_long);
    return {};
}

Result<InodeRef> make_file(Volume& volume, Place const& place, fs::Ownership const& ownership)
{
    TRY(check_is_free(volume, place));
    InodeRef made = TRY(create_inode(volume, place.directory, ownership));
    return give_name(volume, place, std::move(made));
}

Result<InodeRef> make_directory(Volume& volume, Place const& place, fs::Ownership const& ownership)
{
    TRY(check_is_free(volume, place));
    Inode& parent = place.directory;
    TRY(check_can_add_link(volume, parent));
    InodeRef made = TRY(create_inode(volume, parent, ownership));
    if (Result<> const filled = fill_directory(volume, *made, parent); !filled) {
        made->raw.links = 0;
        return fail(filled.error());
    }
    InodeRef named = TRY(give_name(volume, place, std::move(made)));
    add_link(parent);
    TRY(store_inode(volume, parent));
    return named;
}

Result<InodeRef> make_symbolic_link(Volume& volume, Place const& place, std::string_view target,
                                    fs::Ownership const& ownership)
{
    if (target.empty())
        return fail(Status::bad_argument);
    if (target.size() >= volume.geometry().block_size)
        return fail(Status::name_too_long);
    TRY(check_is_free(volume, place));
    InodeRef link = TRY(create_inode(volume, place.directory, ownership));
    if (Result<> const written = write_target(volume, *link, target); !written) {
        link->raw.links = 0;
        return fail(written.error());
    }
    return give_name(volume, place, std::move(link));
}

Result<> link_file(Volume& volume, Place const& place, Inode& inode)
{
    TRY(check_is_free(volume, place));
    if (inode.raw.links == 0)
        return fail(Status::not_found);
    if (inode.raw.links >= most_links)
        return fail(Status::too_many_links);
    TRY(add_entry(volume, place.directory, place.name, inode.number, entry_kind(volume, inode)));
    ++inode.raw.links;
    inode.set_times(volume.now(), false);
    return store_inode(volume, inode);
}

}  // namespace ext4
