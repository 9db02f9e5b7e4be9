// Node: one node of a device tree and the way to it from the root.
//
// A node refers to the Tree that it came from, which has to outlive it. Everything is found by
// walking; nothing is stored, so a node can be used before there is a heap.
#pragma once
#include "lib/device_tree/property.hpp"
#include <array>

namespace device_tree {

struct Range {
    std::uint64_t address{};
    std::uint64_t size{};  // bytes
    bool operator==(Range const&) const = default;
};

class Node {
public:
    // The name with its unit address, as in "serial@10000000".
    std::string_view name() const { return blob_->node_name(offset()); }
    // The part of the name before the '@'.
    std::string_view base_name() const { return before(name(), '@'); }

    std::optional<Node> parent() const;
    std::optional<Node> first_child() const;
    std::optional<Node> next_sibling() const;
    // The next node in the order of the blob: first children, then siblings, then the parent's.
    std::optional<Node> next() const;
    // The child of that name; one without a unit address matches any.
    std::optional<Node> child(std::string_view name) const;

    template <std::optional<Node> (Node::*advance)() const>
    class Iterator;
    struct Children;
    Children children() const;

    std::optional<Property> property(std::string_view name) const;
    std::optional<std::uint32_t> cell(std::string_view property, std::size_t index = 0) const;
    // The property's first string; empty if there is none.
    std::string_view text(std::string_view property) const;
    bool is_compatible(std::string_view wanted) const;
    bool enabled() const;  // `status` is absent, "okay" or "ok"
    // The node of the same tree that another one calls so.
    std::optional<Node> find_phandle(std::uint32_t phandle) const;

    // Entry `index` of `reg`, as the parent bus counts addresses. Where sizes have no cells (a
    // hart's number, a chip select) the size is 0. None if numbers need more than 64 bits.
    std::optional<Range> reg(std::size_t index = 0) const;
    // The same as a physical address: translated by the `ranges` of each bus on the way to the
    // root.
    std::optional<Range> physical_range(std::size_t index = 0) const;

    bool operator==(Node const& other) const
    {
        return blob_ == other.blob_ && offset() == other.offset();
    }

private:
    friend class Tree;

    explicit Node(Blob const& blob) : blob_{&blob} {}
    Offset offset() const { return path_[depth_]; }
    Node child_at(Offset offset) const;
    Node ancestor(std::size_t depth) const;
    Offset first_item() const { return blob_->item_at(offset()).next; }
    std::optional<Range> range_to_parent_bus(Range range) const;

    Blob const* blob_;
    std::array<Offset, max_depth> path_{};  // of the ancestors, the root first, then of this node
    std::uint32_t depth_ = 0;
};

// For a range-based for loop over nodes: goes on as `advance` says.
template <std::optional<Node> (Node::*advance)() const>
class Node::Iterator {
public:
    explicit Iterator(std::optional<Node> node) : node_{node} {}
    Node const& operator*() const { return *node_; }
    Iterator& operator++()
    {
        node_ = ((*node_).*advance)();
        return *this;
    }
    bool operator==(Iterator const&) const = default;

private:
    std::optional<Node> node_;
};

struct Node::Children {
    std::optional<Node> first;
    auto begin() const { return Iterator<&Node::next_sibling>{first}; }
    auto end() const { return Iterator<&Node::next_sibling>{std::nullopt}; }
};

inline Node::Children Node::children() const { return Children{first_child()}; }

}  // namespace device_tree
