#include "lib/device_tree/tree.hpp"
#include <algorithm>

namespace device_tree {

Node Tree::root_of(Blob const& blob)
{
    Node root{blob};
    root.path_[0] = blob.item_at(0).offset;
    return root;
}

std::optional<Node> Tree::find(std::string_view path) const
{
    std::optional<Node> node = root();
    while (node && !path.empty()) {
        std::string_view name = before(path, '/');
        if (!name.empty())
            node = node->child(name);
        path.remove_prefix(std::min(name.size() + 1, path.size()));
    }
    return node;
}

std::optional<Node> Node::find_phandle(std::uint32_t phandle) const
{
    for (std::optional<Node> node = Tree::root_of(*blob_); node; node = node->next())
        if (node->cell("phandle") == phandle)
            return node;
    return std::nullopt;
}

std::optional<Range> Tree::reservation(std::size_t index) const
{
    Property entries{"reservations", blob_.reservations()};
    if (index >= entries.cell_count())
        return std::nullopt;

    auto address = entries.number(4 * index, 2);
    auto size = entries.number(4 * index + 2, 2);
    return address && size ? std::optional{Range{*address, *size}} : std::nullopt;
}

}  // namespace device_tree
