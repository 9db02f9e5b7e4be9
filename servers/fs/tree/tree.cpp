#include "servers/fs/tree/tree.hpp"

namespace fs {

Result<> Tree::mount(FileSystem& system, NodeRef place)
{
    if (count_ == systems_.size() || is_mount_point(place))
        return fail(Status::busy);
    system.set_id(count_);
    NodeRef root = TRY(system.root());
    systems_[count_] = {&system, std::move(place), std::move(root)};
    ++count_;
    return {};
}

Result<NodeRef> Tree::find(NodeRef const& directory, std::string_view name)
{
    NodeKey const key = key_of(directory);
    NodeNumber number = names_.find(key, name);
    if (number == 0) {
        number = TRY(directory.system().find(*directory, name));
        names_.remember(key, name, number);
    }
    NodeRef found = TRY(directory.system().get(number));
    if (Mount const* const mount = mounted_on(found); mount != nullptr)
        return mount->root.share();
    return found;
}

void Tree::forget(NodeRef const& directory, std::string_view name)
{
    names_.forget(key_of(directory), name);
}

}  // namespace fs
