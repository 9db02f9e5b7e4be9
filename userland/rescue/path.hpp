// Paths as the user types them and as the file server takes them.
#pragma once
#include <string_view>

namespace rescue {

// Relative to the root directory, which is where everything is relative to.
constexpr std::string_view below_root(std::string_view path)
{
    while (path.starts_with('/'))
        path.remove_prefix(1);
    return path.empty() ? "." : path;
}

constexpr std::string_view last_part(std::string_view path)
{
    while (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    return path.substr(path.find_last_of('/') + 1);
}

}  // namespace rescue
