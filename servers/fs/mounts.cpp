#include "servers/fs/mounts.hpp"
#include "lib/sys/log.hpp"

static Result<> make_directories(fs::View const& root, std::string_view path)
{
    constexpr fs::Mode mode = fs::mode::of(fs::Kind::directory) | 0755;
    for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
        auto const made = root.make(path.substr(0, end), mode);
        if (!made && made.error() != Status::already_exists)
            return fail(made.error());
        if (end == std::string_view::npos)
            return {};
    }
}

static Result<> mount(fs::View const& root, MountPoint const& point)
{
    Result<fs::NodeRef> found = root.find(point.path, fs::LastLink::follow);
    if (!found && found.error() == Status::not_found) {
        TRY(make_directories(root, point.path));
        found = root.find(point.path, fs::LastLink::follow);
    }
    fs::NodeRef place = TRY(std::move(found));
    if (place->kind() != fs::Kind::directory)
        return fail(Status::not_a_directory);
    return root.tree().mount(point.system, std::move(place));
}

void mount_all(fs::View const& root, std::initializer_list<MountPoint> points)
{
    for (MountPoint const& point : points)
        if (Result<> const mounted = mount(root, point); !mounted)
            sys::log("nothing is mounted on ", point.path, ": ", to_string(mounted.error()));
}
