// One interrupt source, bound to bits of a notification; its driver completes it.
#pragma once
#include "kernel/object/notification.hpp"

namespace kernel {

class Interrupt final : public Object {
public:
    static constexpr ObjectType object_type = ObjectType::interrupt;
    static constexpr abi::Rights rights = abi::rights(abi::Right::manage, abi::Right::duplicate);

    Interrupt(Process& payer, std::uint32_t source, Notification& target, std::uint64_t bits)
        : Object{object_type, &payer}, source{source}, target{&target}, bits{bits}
    {
    }

    std::uint32_t const source;
    Reference<Notification> target;
    std::uint64_t const bits;
    bool claimed = false;  // it was delivered and is not completed yet
};

}  // namespace kernel
