// Paths as the file server takes them: relative to the root directory. There is no current
// directory in the server; it is a path that is put in front here.
#pragma once
#include "lib/base/result.hpp"
#include <algorithm>
#include <array>
#include <string_view>

namespace posix {

class Path {
public:
    static constexpr std::size_t capacity = 400;  // what a message has room for, and some more

    Path() {}  // the root
    Path(Path const& other) : size_{other.size_}, settled_size_{other.settled_size_}
    {
        std::copy_n(other.text_.begin(), size_, text_.begin());
    }
    Path& operator=(Path const& other)
    {
        std::copy_n(other.text_.begin(), other.size_, text_.begin());
        size_ = other.size_;
        settled_size_ = other.settled_size_;
        return *this;
    }

    // Of a directory that the server has told to be without links.
    // Errors: not_found (empty), name_too_long
    static Result<Path> settled(std::string_view absolute);

    // `path` from this directory. What could be a link is the server's to follow, so ".." stays
    // where one could come before it; as do "." and a slash at the end, which say what is meant.
    // Errors: not_found (empty), name_too_long
    Result<Path> resolve(std::string_view path) const;

    // Whether it is that directory, or in it.
    bool is_below(std::string_view directory) const
    {
        std::size_t same = 0;
        while (same < std::min(directory.size(), size_) && text_[same] == directory[same])
            ++same;
        return same == directory.size() && (same == size_ || text_[same] == '/');
    }

    bool is_root() const { return size_ == 0; }
    // For the file server; "." is the root.
    std::string_view relative() const { return size_ == 0 ? "." : text().substr(1); }
    // As programs know it.
    std::string_view absolute() const { return size_ == 0 ? "/" : text(); }

private:
    Result<> enter_all(std::string_view path);
    Result<> enter(std::string_view name, bool is_last);
    Result<> add(std::string_view text);
    void leave();
    std::string_view text() const { return {text_.data(), size_}; }

    std::array<char, capacity> text_;  // "/a/b"; empty for the root
    std::size_t size_ = 0;
    std::size_t settled_size_ = 0;  // there are no links up to there
};

}  // namespace posix
