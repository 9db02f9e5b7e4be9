#include "servers/fs/tree/walk.hpp"
#include <algorithm>
#include <new>

namespace fs {

namespace {

constexpr unsigned most_links = 40;
constexpr std::size_t longest_link = 4096;

// One part, and what comes after it without the slashes between.
struct Split {
    std::string_view part, rest;
};

std::string_view without_slashes(std::string_view path)
{
    while (path.starts_with('/'))
        path.remove_prefix(1);
    return path;
}

Split split(std::string_view path)
{
    std::size_t end = 0;
    while (end < path.size() && path[end] != '/')
        ++end;
    return {path.substr(0, end), without_slashes(path.substr(end))};
}

bool is_directory(NodeRef const& node) { return node->kind() == Kind::directory; }

}  // namespace

bool PathStack::contains(NodeKey key) const
{
    return std::find(keys_.begin(), keys_.begin() + count_, key) != keys_.begin() + count_;
}

bool PathStack::push(NodeKey key)
{
    if (count_ == deepest)
        return false;
    keys_[count_++] = key;
    return true;
}

bool Trail::push(std::string_view name)
{
    if (name.size() + 1 > capacity - size_)
        return false;
    text_[size_] = '/';
    name.copy(text_ + size_ + 1, name.size());
    size_ += name.size() + 1;
    return true;
}

Result<NodeRef> Walk::find(std::string_view path, LastLink last)
{
    TRY(follow(path, last));
    return std::move(current_);
}

Result<Place> Walk::find_place(std::string_view path)
{
    std::string_view const name = TRY(follow_to_last(path));
    if (!is_directory(current_))
        return fail(Status::not_a_directory);
    return Place{std::move(current_), name, path.ends_with('/')};
}

Result<Place> Walk::find_place_behind_links(std::string_view path)
{
    for (;;) {
        std::string_view const name = TRY(follow_to_last(path));
        if (!is_directory(current_))
            return fail(Status::not_a_directory);
        Result<NodeRef> const last = name == "." ? current_.share() : tree_.find(current_, name);
        if (!last && last.error() != Status::not_found)
            return fail(last.error());
        bool const is_link = last && (*last)->kind() == Kind::symbolic_link;
        if (!is_link)
            return Place{std::move(current_), name, path.ends_with('/')};
        std::unique_ptr<char[]> buffer;
        path = TRY(begin_link(*last, buffer));
        last_link_ = std::move(buffer);
    }
}

Result<> Walk::follow(std::string_view path, LastLink last)
{
    bool const must_be_directory = path.ends_with('/');
    path = without_slashes(path);
    while (!path.empty()) {
        auto const [part, rest] = split(path);
        bool const is_last = rest.empty() && !must_be_directory;
        TRY(step(part, !is_last || last == LastLink::follow));
        path = rest;
    }
    if (must_be_directory && !is_directory(current_))
        return fail(Status::not_a_directory);
    return {};
}

Result<std::string_view> Walk::follow_to_last(std::string_view path)
{
    path = without_slashes(path);
    for (;;) {
        auto const [part, rest] = split(path);
        if (rest.empty() && part != "." && part != ".." && !part.empty())
            return part;
        if (part.empty())
            return std::string_view{"."};
        TRY(step(part, true));
        path = rest;
    }
}

Result<> Walk::step(std::string_view part, bool follows_link)
{
    Ownership const& directory = current_->ownership;
    if (directory.kind() != Kind::directory)
        return fail(Status::not_a_directory);
    TRY(check_permission(who_, directory, may_search));
    if (part.front() == '.') {
        if (part.size() == 1)
            return {};
        if (part == "..")
            return step_up();
    }

    NodeRef next = TRY(tree_.find(current_, part));
    if (follows_link && next->kind() == Kind::symbolic_link)
        return follow_link(next);
    if (!stack_.push(Tree::key_of(next)) || (trail_ != nullptr && !trail_->push(part)))
        return fail(Status::name_too_long);
    current_ = std::move(next);
    return {};
}

Result<> Walk::step_up()
{
    stack_.pop();
    if (trail_ != nullptr)
        trail_->pop();
    current_ = TRY(tree_.get(stack_.current()));
    return {};
}

Result<> Walk::follow_link(NodeRef const& link)
{
    std::unique_ptr<char[]> buffer;
    std::string_view const target = TRY(begin_link(link, buffer));
    return follow(target, LastLink::follow);
}

// The link's text. Nothing is above the start, so that is where absolute links begin.
Result<std::string_view> Walk::begin_link(NodeRef const& link, std::unique_ptr<char[]>& buffer)
{
    if (++links_followed_ > most_links)
        return fail(Status::link_loop);
    buffer.reset(new (std::nothrow) char[longest_link]);
    if (!buffer)
        return fail(Status::no_memory);
    std::string_view const target =
        TRY(link.system().read_link(*link, std::span{buffer.get(), longest_link}));
    if (target.starts_with('/')) {
        stack_.restart();
        if (trail_ != nullptr)
            trail_->restart();
        current_ = start_.share();
    }
    return target;
}

}  // namespace fs
