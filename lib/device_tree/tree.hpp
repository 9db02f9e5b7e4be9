// Tree: a flattened device tree, read in place.
//
//   auto tree = TRY(device_tree::Tree::parse(bytes));
//   for (device_tree::Node const& node : tree)
//       if (node.is_compatible("ns16550a") && node.enabled()) ...
//
// It allocates nothing and calls nothing, so that the kernel can use it before it has a heap. Nodes
// refer to the Tree that they came from.
#pragma once
#include "lib/device_tree/node.hpp"

namespace device_tree {

class Tree {
public:
    // `bytes` may be longer than the tree; they have to stay where and as they are.
    // Errors: corrupt, not_supported (see Blob::parse)
    static Result<Tree> parse(Bytes bytes) { return Tree{TRY(Blob::parse(bytes))}; }

    Node root() const { return root_of(blob_); }

    // The node at a path like "/soc/serial@10000000"; unit addresses may be left out.
    std::optional<Node> find(std::string_view path) const;

    // Memory that nobody may touch (5.3.1); `/reserved-memory` has more. None behind the last.
    std::optional<Range> reservation(std::size_t index) const;

    std::uint32_t total_bytes() const { return blob_.total_bytes(); }

    // All nodes, the root first.
    auto begin() const { return Node::Iterator<&Node::next>{root()}; }
    auto end() const { return Node::Iterator<&Node::next>{std::nullopt}; }

private:
    friend class Node;

    explicit Tree(Blob const& blob) : blob_{blob} {}
    static Node root_of(Blob const& blob);

    Blob blob_;
};

}  // namespace device_tree
