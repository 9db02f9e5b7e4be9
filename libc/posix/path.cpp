#include "libc/posix/path.hpp"
#include <algorithm>

namespace posix {

Result<Path> Path::resolve(std::string_view path) const
{
    if (path.empty())
        return fail(Status::not_found);
    Path result = path.starts_with('/') ? Path{} : *this;
    while (!path.empty()) {
        auto const length = std::min(path.find('/'), path.size());
        TRY(result.enter(path.substr(0, length)));
        path.remove_prefix(std::min(length + 1, path.size()));
    }
    return result;
}

Result<> Path::enter(std::string_view name)
{
    if (name.empty() || name == ".")
        return {};
    if (name == "..") {
        leave();
        return {};
    }
    if (name.size() + 1 > capacity - size_)
        return fail(Status::name_too_long);
    text_[size_] = '/';
    std::ranges::copy(name, text_.begin() + static_cast<std::ptrdiff_t>(size_) + 1);
    size_ += name.size() + 1;
    return {};
}

}  // namespace posix
