// What a device is wired to (Devicetree Specification, 2.4).
#pragma once
#include "lib/device_tree/node.hpp"

namespace device_tree {

// `number` and `flags` are the first two cells, as the controller counts: for a PLIC, number is the
// source; for a hart's own controller, number is the cause (9: external, supervisor; 0xffffffff:
// not connected).
struct Interrupt {
    Node controller;
    std::uint32_t number{};
    std::uint32_t flags{};
};

// Entry `index` of the node's `interrupts-extended` or `interrupts`.
std::optional<Interrupt> interrupt(Node const& node, std::size_t index = 0);

}  // namespace device_tree
