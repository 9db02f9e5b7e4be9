#include "servers/fs/mounts.hpp"
#include "lib/sys/log.hpp"

static Result<> mount(fs::View const& root, MountPoint const& point)
{
    constexpr fs::Mode mode = fs::mode::of(fs::Kind::directory) | 0755;
    Result<fs::NodeRef> found = root.find(point.path, fs::LastLink::follow);
    if (!found && found.error() == Status::not_found) {
        TRY(root.make(point.path, mode));
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
