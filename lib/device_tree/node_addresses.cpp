// Node: addresses (Devicetree Specification, 2.3.5 to 2.3.8).
#include "lib/device_tree/node.hpp"

namespace device_tree {

// What a bus without the properties has, says the specification.
static constexpr std::uint32_t default_address_cells = 2;
static constexpr std::uint32_t default_size_cells = 1;
// More cells than any bus has; keeps products of hostile numbers small.
static constexpr std::uint32_t most_cells = 16;

std::optional<Range> Node::reg(std::size_t index) const
{
    auto bus = parent();
    auto list = property("reg");
    if (!bus || !list)
        return std::nullopt;

    std::uint32_t address_cells = bus->cell("#address-cells").value_or(default_address_cells);
    std::uint32_t size_cells = bus->cell("#size-cells").value_or(default_size_cells);
    if (address_cells == 0 || address_cells > most_cells || size_cells > most_cells ||
        index >= list->cell_count())
        return std::nullopt;

    std::size_t first = index * (address_cells + size_cells);
    auto address = list->number(first, address_cells);
    auto size = list->number(first + address_cells, size_cells);
    return address && size ? std::optional{Range{*address, *size}} : std::nullopt;
}

std::optional<Range> Node::physical_range(std::size_t index) const
{
    auto range = reg(index);
    for (auto bus = parent(); range && bus && bus->parent(); bus = bus->parent())
        range = bus->range_to_parent_bus(*range);
    return range;
}

// A bus's `ranges` has entries of (child address, parent address, size); an empty one translates
// nothing; without one the bus is not reachable by address.
std::optional<Range> Node::range_to_parent_bus(Range range) const
{
    auto outer = parent();
    auto ranges = property("ranges");
    if (!outer || !ranges)
        return std::nullopt;
    if (ranges->value.empty())
        return range;

    std::uint32_t child_cells = cell("#address-cells").value_or(default_address_cells);
    std::uint32_t parent_cells = outer->cell("#address-cells").value_or(default_address_cells);
    std::uint32_t size_cells = cell("#size-cells").value_or(default_size_cells);
    if (child_cells > most_cells || parent_cells > most_cells || size_cells > most_cells)
        return std::nullopt;

    std::size_t entry_cells = std::size_t{child_cells} + parent_cells + size_cells;
    for (std::size_t first = 0; entry_cells != 0 && first < ranges->cell_count();
         first += entry_cells) {
        auto from = ranges->number(first, child_cells);
        auto to = ranges->number(first + child_cells, parent_cells);
        auto size = ranges->number(first + child_cells + parent_cells, size_cells);
        if (from && to && size && range.address >= *from && range.address - *from < *size &&
            range.size <= *size - (range.address - *from))
            return Range{range.address - *from + *to, range.size};
    }
    return std::nullopt;
}

}  // namespace device_tree
