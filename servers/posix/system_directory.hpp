// A directory of /dev and /proc as a server, which changes nothing.
#pragma once
#include "servers/posix/system_tree.hpp"

namespace posix {

// `Base`: Directory::Server, or the server class of an interface that extends it.
template <class Base>
class ReadOnlyDirectory : public Base {
public:
    Result<> make_directory(std::string_view, std::uint16_t) override { return refused(); }
    Result<> remove(std::string_view) override { return refused(); }
    Result<> remove_directory(std::string_view) override { return refused(); }
    Result<> rename(std::string_view, std::string_view, bool) override { return refused(); }
    Result<> link(std::string_view, std::string_view, bool) override { return refused(); }
    Result<> symbolic_link(std::string_view, std::string_view) override { return refused(); }
    Result<> set_attributes(std::string_view, AttributeChange const&, bool) override
    {
        return refused();
    }
    Result<> make_node(std::string_view, Kind, std::uint16_t) override { return refused(); }
    Result<Directory> for_user(std::uint32_t, std::uint32_t, codec::List<std::uint32_t>) override
    {
        return fail(Status::not_permitted);
    }
    Result<VolumeInfo> volume(std::string_view, std::uint32_t) override
    {
        constexpr std::uint32_t proc = 0x9fa0;
        return VolumeInfo{.block_size = abi::page_size, .read_only = true, .type = proc};
    }
    Result<> sync() override { return {}; }
    Result<Directory::MemoryUseResults> memory_use() override
    {
        return Directory::MemoryUseResults{};
    }

protected:
    ~ReadOnlyDirectory() = default;

private:
    static Result<> refused() { return fail(Status::read_only); }
};

// Answers what only looks, from a place in the tree.
template <class Base>
class TreeDirectory : public ReadOnlyDirectory<Base> {
public:
    Result<File> open(std::string_view path, OpenMode mode, Access access, bool, bool no_follow,
                      std::uint16_t) override
    {
        auto const place = find(path, no_follow);
        if (!place)
            return fail(place.error());
        return open_place(*place, mode, access);
    }
    Result<Directory> open_directory(std::string_view path, Access, bool no_follow, bool) override
    {
        auto const place = find(path, no_follow);
        if (!place)
            return fail(place.error());
        return open_directory_place(*place);
    }
    Result<Attributes> attributes(std::string_view path, bool no_follow) override
    {
        auto const place = find(path, no_follow);
        if (!place)
            return fail(place.error());
        return tree().attributes(*place);
    }
    Result<Directory::ListResults> list(std::uint64_t cookie, sys::LeaseOut buffer) override
    {
        return tree().list(start(), cookie, buffer);
    }
    Result<std::uint32_t> read_link(std::string_view path, sys::LeaseOut buffer) override
    {
        auto const place = find(path, true);
        if (!place)
            return fail(place.error());
        return tree().write_link(*place, buffer);
    }
    Result<> check(std::string_view path, std::uint16_t permissions, bool no_follow) override
    {
        constexpr std::uint16_t execute = 1, write = 2;
        auto const place = find(path, no_follow);
        if (!place)
            return fail(place.error());
        if (place->is_text() && (permissions & (execute | write)) != 0)
            return fail(Status::access_denied);
        return {};
    }
    Result<std::uint32_t> real_path(std::string_view path, sys::LeaseOut buffer) override
    {
        auto const place = find(path, false);
        if (!place)
            return fail(place.error());
        return tree().write_path(*place, buffer);
    }

protected:
    ~TreeDirectory() = default;

    virtual SystemTree tree() const = 0;
    virtual Place start() const { return {}; }
    virtual Result<File> open_place(Place const& place, OpenMode mode, Access access) = 0;
    virtual Result<Directory> open_directory_place(Place const& place) = 0;

private:
    Result<Place> find(std::string_view path, bool no_follow) const
    {
        return tree().find(start(), path, no_follow);
    }
};

}  // namespace posix
