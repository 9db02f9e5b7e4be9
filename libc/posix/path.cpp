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
    Result<Path> result{path.starts_with('/') ? Path{} : *this};
    TRY(result->enter_all(path));
    return result;
}

// One name after the other.
Result<> Path::enter_all(std::string_view path)
{
    for (auto at = path.begin(); at != path.end();) {
        auto const name = at;
        at = std::find(at, path.end(), '/');
        std::string_view const text{name, at};
        bool const ends_in_slash = at != path.end();
        while (at != path.end() && *at == '/')
            ++at;
        bool const is_last = at == path.end();
        TRY(enter(text, is_last));
        if (is_last && ends_in_slash && size_ != 0)
            TRY(add("/"));
    }
    return {};
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
    if (size_ == 0 || text_[size_ - 1] != '/')
        TRY(add("/"));
    return add(name);
}

Result<> Path::add(std::string_view text)
{
    if (text.size() > capacity - size_)
        return fail(Status::name_too_long);
    for (char const each : text)
        text_[size_++] = each;
    return {};
}

void Path::leave()
{
    size_ = size_ == 0 ? 0 : text().rfind('/');
    settled_size_ = size_;
}

}  // namespace posix
