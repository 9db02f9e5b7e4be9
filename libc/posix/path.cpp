#include "libc/posix/path.hpp"

namespace posix {

Result<Path> Path::settled(std::string_view absolute)
{
    Path result = TRY(Path{}.resolve(absolute));
    result.settled_size_ = result.size_;
    return result;
}

Result<Path> Path::resolve(std::string_view path) const
{
    if (path.empty())
        return fail(Status::not_found);
    Path result;
    if (!path.starts_with('/'))
        result = *this;
    while (!path.empty()) {
        auto const length = std::min(path.find('/'), path.size());
        auto const name = path.substr(0, length);
        path.remove_prefix(length);
        auto const rest = std::min(path.find_first_not_of('/'), path.size());
        path.remove_prefix(rest);
        bool const is_last = path.empty();
        TRY(result.enter(name, is_last));
        if (is_last && rest != 0 && result.size_ != 0)
            TRY(result.add("/"));
    }
    return result;
}

Result<> Path::enter(std::string_view name, bool is_last)
{
    bool const may_end_in_dot = is_last && size_ != 0;
    if (name.empty() || (name == "." && !may_end_in_dot))
        return {};
    if (name == ".." && size_ == settled_size_) {
        leave();
        return {};
    }
    if (!text().ends_with('/'))
        TRY(add("/"));
    return add(name);
}

Result<> Path::add(std::string_view text)
{
    if (text.size() > capacity - size_)
        return fail(Status::name_too_long);
    text.copy(text_.data() + size_, text.size());
    size_ += text.size();
    return {};
}

void Path::leave()
{
    size_ = size_ == 0 ? 0 : text().rfind('/');
    settled_size_ = size_;
}

}  // namespace posix
