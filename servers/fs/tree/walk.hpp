// Walk: from a directory along a path, part by part, through symbolic links and mounted file
// systems, never above that directory.
#pragma once
#include "servers/fs/tree/credential.hpp"
#include "servers/fs/tree/tree.hpp"

namespace fs {

enum class LastLink { follow, keep };

// The directories from the one that a path is relative to down to the current one. ".." goes back
// along it, so no content of a volume can lead above the start.
class PathStack {
public:
    static constexpr std::size_t deepest = 256;

    NodeKey current() const { return keys_[count_ - 1]; }
    bool contains(NodeKey key) const;
    bool push(NodeKey key);  // false: too deep
    void pop()
    {
        if (count_ > 1)
            --count_;
    }
    void restart() { count_ = 1; }

private:
    // Not cleared: a path is looked up at each call, and few are deep.
    std::array<NodeKey, deepest> keys_;
    std::size_t count_ = 0;
};

// The place that a path names, whether or not anything is there.
struct Place {
    NodeRef directory;
    std::string_view name;           // "." if the path ends in the directory itself
    bool must_be_directory = false;  // the path ends in a slash
};

// The names of those directories: the path without links, "." and "..".
class Trail {
public:
    static constexpr std::size_t capacity = 4095;

    std::string_view text() const { return size_ == 0 ? "/" : std::string_view{text_, size_}; }
    bool push(std::string_view name);  // false: too long
    void pop() { size_ = size_ == 0 ? 0 : std::string_view{text_, size_}.rfind('/'); }
    void restart() { size_ = 0; }

private:
    char text_[capacity];
    std::size_t size_ = 0;
};

class Walk {
public:
    // The trail, if there is one, gets the names of what is found.
    Walk(Tree& tree, Credential const& who, NodeRef const& start, Trail* trail = nullptr)
        : tree_{tree}, who_{who}, start_{start}, current_{start.share()}, trail_{trail}
    {
        stack_.push(Tree::key_of(start));
    }

    // Errors of all: not_found, not_a_directory, name_too_long, access_denied (a directory on the
    // way), link_loop, corrupt, io_error, no_memory.

    // What the path leads to.
    Result<NodeRef> find(std::string_view path, LastLink last);

    // The last part is not looked at. `path` must outlive the place.
    Result<Place> find_place(std::string_view path);

    // The last part is looked at, and if it is a symbolic link, followed. The place lives as long
    // as the walk.
    Result<Place> find_place_behind_links(std::string_view path);

    // The place's directory, and those on the way to it.
    PathStack const& stack() const { return stack_; }

private:
    Result<> follow(std::string_view path, LastLink last);
    Result<std::string_view> follow_to_last(std::string_view path);
    Result<> step(std::string_view part, bool follows_link);
    Result<> step_up();
    Result<> follow_link(NodeRef const& link);
    Result<std::string_view> begin_link(NodeRef const& link, std::unique_ptr<char[]>& buffer);

    Tree& tree_;
    Credential const& who_;
    NodeRef const& start_;
    NodeRef current_;
    Trail* trail_;
    std::unique_ptr<char[]> last_link_;  // of the place behind links
    unsigned links_followed_ = 0;        // by the whole walk, so that links to links stay bounded
    PathStack stack_;
};

}  // namespace fs
