// View: what the holder of a directory may do below it: names, checked against what its user may.
#pragma once
#include "servers/fs/tree/shared_credential.hpp"
#include "servers/fs/tree/walk.hpp"

namespace fs {

// How a file is opened.
struct Opening {
    enum class Existing : std::uint8_t { needed, allowed, refused };

    Existing existing = Existing::needed;  // refused: the file must not be there
    bool empties = false;
    bool follows_links = true;
    bool wants_read = false, wants_write = false, wants_execute = false;
    bool takes_what_it_may = false;  // instead of those three: reading and writing, if permitted
    Mode mode = 0;                   // permissions of a new file
};

// What was opened, and what its user may do with it.
struct Opened {
    NodeRef node;
    bool may_read, may_write;
};

class View {
public:
    View(Tree& tree, NodeRef start, SharedCredential who)
        : tree_{&tree}, start_{std::move(start)}, who_{std::move(who)}
    {
    }

    Tree& tree() const { return *tree_; }
    NodeRef const& start() const { return start_; }
    Credential const& who() const { return *who_; }

    // The same directory, or another, for the same user or another.
    View at(NodeRef start) const { return {*tree_, std::move(start), who_}; }
    View as(SharedCredential who) const { return {*tree_, start_.share(), std::move(who)}; }

    // Errors of all: those of Walk; access_denied and not_permitted as interfaces/file.capnp has
    // them; those of FileSystem.

    Result<NodeRef> find(std::string_view path, LastLink last) const
    {
        return Walk{*tree_, *who_, start_}.find(path, last);
    }

    // Errors: also is_directory, not_supported (neither a file nor a directory).
    Result<Opened> open(std::string_view path, Opening const& opening) const;

    Result<> make(std::string_view path, Mode mode) const;
    Result<> make_link(std::string_view path, std::string_view target) const;
    Result<> link(std::string_view from, std::string_view to, LastLink last) const;
    Result<> remove(std::string_view path) const;
    Result<> remove_directory(std::string_view path) const;
    // Errors: also already_exists (if it must not replace anything), cross_device.
    Result<> rename(std::string_view from, std::string_view to, bool may_replace) const;

    Result<> change(NodeRef const& node, AttributeChange change, bool to_chosen_times) const;
    Result<> check(NodeRef const& node, Permissions wanted) const;

private:
    Result<NodeRef> make_at(Place const& place, Mode mode) const;
    Result<NodeRef> open_or_make(std::string_view path, Opening const& opening, bool& is_new) const;
    Result<> check_may_change(NodeRef const& directory) const;
    Result<NodeRef> removable(Place const& place) const;

    Tree* tree_;
    NodeRef start_;
    SharedCredential who_;
};

}  // namespace fs
