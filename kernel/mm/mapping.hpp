// Where an address space has a part of a memory.
#pragma once
#include "kernel/mm/layout.hpp"
#include "kernel/object/object.hpp"
#include "lib/base/ordered_tree.hpp"

namespace kernel {

class Memory;
class AddressSpace;

// The kinds of access, as bits; also what a mapping permits.
struct Access {
    static constexpr std::uint64_t read = std::to_underlying(abi::Protection::read);
    static constexpr std::uint64_t write = std::to_underlying(abi::Protection::write);
    static constexpr std::uint64_t execute = std::to_underlying(abi::Protection::execute);
    static constexpr std::uint64_t all = read | write | execute;
};

// What is to be mapped. At address 0: where there is room.
struct MapRequest {
    VirtAddr address;
    Memory& memory;
    std::uint64_t first_page;  // of the memory
    std::uint64_t pages;
    std::uint64_t permitted;  // Access bits now
    std::uint64_t ceiling;    // Access bits that the handle allowed
    bool is_shared = false;   // a clone of the address space shares it
};

struct Mapping {
    Mapping(AddressSpace& space, VirtAddr start, MapRequest const& request,
            Reference<Memory> memory);
    ~Mapping();

    AddressSpace* space;
    VirtAddr start;
    std::uint64_t pages;
    Reference<Memory> memory;
    std::uint64_t first_page;
    std::uint64_t permitted;
    std::uint64_t ceiling;
    bool is_shared;
    TreeLink<Mapping> link;
    ListLink<Mapping> memory_link;

    VirtAddr end() const { return start + pages * page_size; }
};

}  // namespace kernel
