#include "lib/device_tree/interrupts.hpp"

namespace device_tree {

namespace {

// What is left to read of a node's interrupts.
struct InterruptList {
    Property cells{};
    std::optional<Node> controller{};  // of all entries; without one, each entry names its own
    std::size_t position = 0;          // in cells
};

// The controller that the node or the nearest ancestor names.
std::optional<Node> interrupt_parent(Node const& child)
{
    for (std::optional<Node> node = child; node; node = node->parent())
        if (auto phandle = node->cell("interrupt-parent"))
            return node->find_phandle(*phandle);
    return std::nullopt;
}

InterruptList interrupt_list(Node const& node)
{
    if (auto extended = node.property("interrupts-extended"))
        return {.cells = *extended};

    auto list = node.property("interrupts");
    auto controller = interrupt_parent(node);
    if (!list || !controller)
        return {};
    return {.cells = *list, .controller = controller};
}

std::optional<Interrupt> take_interrupt(Node const& node, InterruptList& list)
{
    std::optional<Node> controller = list.controller;
    if (!controller) {
        auto phandle = list.cells.cell(list.position++);
        if (phandle)
            controller = node.find_phandle(*phandle);
    }
    if (!controller)
        return std::nullopt;

    std::size_t count = controller->cell("#interrupt-cells").value_or(0);
    auto number = list.cells.cell(list.position);
    if (count == 0 || !number || count > list.cells.cell_count() - list.position)
        return std::nullopt;

    std::uint32_t flags = count > 1 ? list.cells.cell(list.position + 1).value_or(0) : 0;
    list.position += count;
    return Interrupt{*controller, *number, flags};
}

}  // namespace

std::optional<Interrupt> interrupt(Node const& node, std::size_t index)
{
    InterruptList list = interrupt_list(node);
    auto found = take_interrupt(node, list);
    while (found && index-- != 0)
        found = take_interrupt(node, list);
    return found;
}

}  // namespace device_tree
