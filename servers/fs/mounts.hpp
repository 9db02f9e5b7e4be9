// Mounts: which file system is seen where, beside the one that is the root.
#pragma once
#include "servers/fs/tree/view.hpp"
#include <initializer_list>

struct MountPoint {
    std::string_view path;  // made, with those that it is in, if there is none
    fs::FileSystem& system;
};

// `root` is the superuser's. One that cannot be mounted is missing, and the log says so.
void mount_all(fs::View const& root, std::initializer_list<MountPoint> points);
