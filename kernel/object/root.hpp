// Where rights over the machine come from: init gets the first handle to it.
#pragma once
#include "kernel/object/object.hpp"

namespace kernel {

class Root final : public Object {
public:
    static constexpr ObjectType object_type = ObjectType::root;
    static constexpr abi::Rights rights =
        abi::rights(abi::Right::device, abi::Right::power, abi::Right::log, abi::Right::duplicate);

    explicit Root(Process& payer) : Object{object_type, &payer} {}
};

}  // namespace kernel
