// Where rights over the machine come from: init gets the first handle to it.
#pragma once
#include "kernel/object/object.hpp"

namespace kernel {

class Root final : public Object {
public:
    static constexpr ObjectType object_type = ObjectType::root;
    static constexpr abi::Rights rights =
        std::to_underlying(abi::Right::device) | std::to_underlying(abi::Right::power) |
        std::to_underlying(abi::Right::log) | std::to_underlying(abi::Right::duplicate);

    explicit Root(Process& payer) : Object{object_type, &payer} {}
};

}  // namespace kernel
