#include "lib/device_tree/node.hpp"

namespace device_tree {

Node Node::child_at(Offset offset) const
{
    Node node = *this;
    node.path_[++node.depth_] = offset;  // Blob::parse has checked the depth
    return node;
}

Node Node::ancestor(std::size_t depth) const
{
    Node node = *this;
    node.depth_ = static_cast<std::uint32_t>(depth);
    return node;
}

std::optional<Node> Node::parent() const
{
    return depth_ != 0 ? std::optional{ancestor(depth_ - 1)} : std::nullopt;
}

std::optional<Node> Node::next() const
{
    std::size_t depth = depth_;
    for (Item item = blob_->item_at(first_item());; item = blob_->item_at(item.next)) {
        if (item.token == Token::begin_node)
            return ancestor(depth).child_at(item.offset);
        if (item.token == Token::end || (item.token == Token::end_node && depth-- == 0))
            return std::nullopt;
    }
}

std::optional<Node> Node::first_child() const
{
    auto node = next();
    return node && node->depth_ == depth_ + 1 ? node : std::nullopt;
}

std::optional<Node> Node::next_sibling() const
{
    auto node = next();
    while (node && node->depth_ > depth_)
        node = node->next();
    return node && node->depth_ == depth_ ? node : std::nullopt;
}

std::optional<Node> Node::child(std::string_view name) const
{
    bool exact = before(name, '@') != name;
    for (Node const& child : children())
        if ((exact ? child.name() : child.base_name()) == name)
            return child;
    return std::nullopt;
}

std::optional<Property> Node::property(std::string_view name) const
{
    for (Item item = blob_->item_at(first_item());; item = blob_->item_at(item.next)) {
        if (item.token != Token::property)
            return std::nullopt;
        if (blob_->property_name(item.offset) == name)
            return Property{name, blob_->property_value(item.offset)};
    }
}

std::optional<std::uint32_t> Node::cell(std::string_view property_name, std::size_t index) const
{
    auto found = property(property_name);
    return found ? found->cell(index) : std::nullopt;
}

std::string_view Node::text(std::string_view property_name) const
{
    auto found = property(property_name);
    return found ? found->text() : std::string_view{};
}

bool Node::is_compatible(std::string_view wanted) const
{
    auto compatible = property("compatible");
    return compatible && compatible->has_text(wanted);
}

bool Node::enabled() const
{
    auto status = property("status");
    return !status || status->text() == "okay" || status->text() == "ok";
}

}  // namespace device_tree
