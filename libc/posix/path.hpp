// Paths as the file server takes them: relative to the root directory, without "." and "..". There
// is no current directory in the server; it is a path that is put in front here.
#pragma once
#include "lib/base/result.hpp"
#include <array>
#include <string_view>

namespace posix {

class Path {
public:
    static constexpr std::size_t capacity = 400;  // what a message has room for, and some more

    Path() = default;  // the root

    // `path` from this directory. Errors: not_found (empty), name_too_long
    Result<Path> resolve(std::string_view path) const;

    bool is_root() const { return size_ == 0; }
    // For the file server; "." is the root.
    std::string_view relative() const { return size_ == 0 ? "." : text().substr(1); }
    // As programs know it.
    std::string_view absolute() const { return size_ == 0 ? "/" : text(); }

private:
    Result<> enter(std::string_view name);
    void leave() { size_ = size_ == 0 ? 0 : text().rfind('/'); }
    std::string_view text() const { return {text_.data(), size_}; }

    std::array<char, capacity> text_{};  // "/a/b"; empty for the root
    std::size_t size_ = 0;
};

}  // namespace posix
