// Where rights over the machine come from: init gets the first handle to it.
#pragma once
#include "kernel/object/object.hpp"

namespace kernel {

// What the machine lets a device reach by DMA. Without an IOMMU that is all memory, so a driver
// that holds one is trusted with it.
class DmaSpace final : public Object {
public:
    static constexpr ObjectType object_type = ObjectType::dma_space;
    static constexpr abi::Rights rights =
        std::to_underlying(abi::Right::dma) | std::to_underlying(abi::Right::duplicate);

    explicit DmaSpace(Process& payer) : Object{object_type, &payer} {}
};

class Root final : public Object {
public:
    static constexpr ObjectType object_type = ObjectType::root;
    static constexpr abi::Rights rights =
        std::to_underlying(abi::Right::device) | std::to_underlying(abi::Right::power) |
        std::to_underlying(abi::Right::log) | std::to_underlying(abi::Right::duplicate);

    explicit Root(Process& payer) : Object{object_type, &payer} {}
};

}  // namespace kernel
