// Walking paths.
#include "servers/fs/ext4/path.hpp"
#include "servers/fs/ext4/directory.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <algorithm>
#include <memory>
#include <new>

namespace ext4 {

namespace {

constexpr unsigned most_links = 8;
constexpr std::size_t longest_link = 4096;

// One part, and what comes after it without the slashes between.
struct Split {
    std::string_view part, rest;
};

std::string_view without_slashes(std::string_view path)
{
    path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
    return path;
}

Split split(std::string_view path)
{
    path = without_slashes(path);
    std::size_t const end = std::min(path.find('/'), path.size());
    return {path.substr(0, end), without_slashes(path.substr(end))};
}

class Walk {
public:
    Walk(Volume& volume, InodeRef start)
        : volume_{volume}, start_{start.share()}, current_{std::move(start)},
          stack_{current_->number}
    {
    }

    // Follows every part.
    Result<> follow(std::string_view path, LastLink last);
    // Follows all parts but the last, which is returned.
    Result<std::string_view> follow_to_last(std::string_view path);

    InodeRef take_current() { return std::move(current_); }
    PathStack const& stack() const { return stack_; }

private:
    Result<> step(std::string_view part, bool follows_link);
    Result<> step_up();
    Result<> follow_link(InodeRef link);

    Volume& volume_;
    InodeRef start_;
    InodeRef current_;
    PathStack stack_;
    unsigned links_followed_ = 0;  // by the whole walk, so that links to links stay bounded
};

Result<> Walk::follow(std::string_view path, LastLink last)
{
    bool const must_be_directory = path.ends_with('/');
    while (!(path = without_slashes(path)).empty()) {
        auto const [part, rest] = split(path);
        bool const is_last = rest.empty() && !must_be_directory;
        TRY(step(part, !is_last || last == LastLink::follow));
        path = rest;
    }
    if (must_be_directory && current_->kind() != Kind::directory)
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
    if (current_->kind() != Kind::directory)
        return fail(Status::not_a_directory);
    if (part == ".")
        return {};
    if (part == "..")
        return step_up();

    InodeNumber const number = TRY(find_entry(volume_, *current_, part)).entry.inode;
    InodeRef next = TRY(volume_.inodes().get(number));
    if (follows_link && next->kind() == Kind::symbolic_link)
        return follow_link(std::move(next));
    if (!stack_.push(number))
        return fail(Status::name_too_long);
    current_ = std::move(next);
    return {};
}

Result<> Walk::step_up()
{
    stack_.pop();
    current_ = TRY(volume_.inodes().get(stack_.current()));
    return {};
}

Result<> Walk::follow_link(InodeRef link)
{
    if (++links_followed_ > most_links)
        return fail(Status::name_too_long);
    std::unique_ptr<char[]> const buffer{new (std::nothrow) char[longest_link]};
    if (!buffer)
        return fail(Status::no_memory);
    std::string_view const target =
        TRY(read_link(volume_, *link, std::span{buffer.get(), longest_link}));

    // Nothing is above the start, so that is where absolute links begin.
    if (target.starts_with('/')) {
        stack_.restart();
        current_ = start_.share();
    }
    return follow(target, LastLink::follow);
}

}  // namespace

bool PathStack::contains(InodeNumber number) const
{
    return std::ranges::find(numbers_.begin(), numbers_.begin() + count_, number) !=
           numbers_.begin() + count_;
}

bool PathStack::push(InodeNumber number)
{
    if (count_ == deepest)
        return false;
    numbers_[count_++] = number;
    return true;
}

Result<InodeRef> find_path(Volume& volume, Inode& start, std::string_view path, LastLink last)
{
    Walk walk{volume, InodeRef{volume, start}};
    TRY(walk.follow(path, last));
    return walk.take_current();
}

Result<Place> find_place(Volume& volume, Inode& start, std::string_view path)
{
    Walk walk{volume, InodeRef{volume, start}};
    std::string_view const name = TRY(walk.follow_to_last(path));
    PathStack const stack = walk.stack();
    InodeRef directory = walk.take_current();
    if (directory->kind() != Kind::directory)
        return fail(Status::not_a_directory);
    return Place{std::move(directory), stack, name};
}

}  // namespace ext4
