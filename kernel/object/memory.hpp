// Memory: pages that can be mapped. The only thing that can.
#pragma once
#include "kernel/mm/layout.hpp"
#include "kernel/object/object.hpp"

namespace kernel {

class Memory final : public Object {
public:
    static constexpr ObjectType object_type = ObjectType::memory;
    static constexpr abi::Rights rights =
        std::to_underlying(abi::Right::read) | std::to_underlying(abi::Right::write) |
        std::to_underlying(abi::Right::execute) | std::to_underlying(abi::Right::dma) |
        std::to_underlying(abi::Right::duplicate);
    static constexpr std::uint64_t max_pages = 512 * 512;

    enum class Kind : std::uint32_t {
        sparse,    // a frame for each page that was touched
        block,     // contiguous frames of its own
        borrowed,  // contiguous, part of the image: the boot archive, the device tree
        device,    // registers: the kernel itself never touches them
    };

    Memory(Process& payer, Kind kind, std::uint64_t pages, PhysAddr base = {})
        : Object{object_type, &payer}, kind{kind}, pages{pages}, base_{base}
    {
    }

    // The frame of a page; a sparse one is brought in, zeroed and charged to the payer.
    // Errors: out_of_range, no_memory
    Result<PhysAddr> frame(std::uint64_t page);
    // Gives back all frames and their charge. Only when nothing maps it any more.
    void release();

    Kind const kind;
    std::uint64_t const pages;

private:
    struct Leaf {
        PhysAddr frames[512];
    };
    struct Directory {
        Leaf* leaves[512];
    };

    template <class Table>
    Result<> ensure(Table*& table);
    void release_leaf(Leaf& leaf);

    PhysAddr base_;  // of all kinds but sparse
    Directory* directory_ = nullptr;
};

}  // namespace kernel
