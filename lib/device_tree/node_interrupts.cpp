// Node: interrupts (Devicetree Specification, 2.4).
#include "lib/device_tree/tree.hpp"

namespace device_tree {

std::optional<Interrupt> Node::interrupt(std::size_t index) const
{
    std::optional<Interrupt> found;
    for_each_interrupt([&](Interrupt const& interrupt) {
        if (index-- == 0)
            found = interrupt;
        return !found;
    });
    return found;
}

Node::InterruptList Node::interrupt_list() const
{
    if (auto extended = property("interrupts-extended"))
        return {.cells = *extended, .controller = std::nullopt};

    auto list = property("interrupts");
    auto controller = interrupt_parent();
    if (!list || !controller)
        return {.cells = {}, .controller = std::nullopt};
    return {.cells = *list, .controller = controller};
}

// The controller that the node or the nearest ancestor names.
std::optional<Node> Node::interrupt_parent() const
{
    std::optional<Node> node = *this;
    for (; node; node = node->parent())
        if (auto phandle = node->cell("interrupt-parent"))
            return Tree::find_phandle(*blob_, *phandle);
    return std::nullopt;
}

std::optional<Interrupt> Node::take_interrupt(InterruptList& list) const
{
    std::optional<Node> controller = list.controller;
    if (!controller) {
        auto phandle = list.cells.cell(list.position++);
        if (phandle)
            controller = Tree::find_phandle(*blob_, *phandle);
    }
    if (!controller)
        return std::nullopt;

    std::size_t count = controller->cell_or("#interrupt-cells", 0);
    auto number = list.cells.cell(list.position);
    if (count == 0 || !number || count > list.cells.cell_count() - list.position)
        return std::nullopt;

    std::uint32_t flags = count > 1 ? list.cells.cell(list.position + 1).value_or(0) : 0;
    list.position += count;
    return Interrupt{*controller, *number, flags};
}

}  // namespace device_tree
