// Names of steps.
#include "tests/model/random/op.hpp"

namespace model {

std::string describe(Op const& op)
{
    constexpr char const* names[] = {"call",
                                     "reply",
                                     "detach",
                                     "complete",
                                     "lease",
                                     "close",
                                     "duplicate",
                                     "notification_create",
                                     "signal",
                                     "wait",
                                     "poll",
                                     "arm",
                                     "bind",
                                     "pool_create",
                                     "endpoint_create",
                                     "revoke",
                                     "memory",
                                     "thread_create",
                                     "thread_exit",
                                     "exit",
                                     "kill",
                                     "info",
                                     "watch",
                                     "yield",
                                     "futex_wait",
                                     "futex_wake",
                                     "fault_handler",
                                     "fault",
                                     "touch",
                                     "use_fp",
                                     "schedule",
                                     "interrupt a thread",
                                     "charge_caller",
                                     "upcall",
                                     "advance",
                                     "interrupt",
                                     "spurious",
                                     "device",
                                     "spawn",
                                     "grant",
                                     "end"};
    static_assert(std::size(names) == static_cast<std::size_t>(Op::Kind::count));
    return std::string{names[static_cast<std::size_t>(op.kind)]} + " on hart " +
           std::to_string(op.hart) + " (" + std::to_string(op.a) + ", " + std::to_string(op.b) +
           ", " + std::to_string(op.c) + ")";
}

}  // namespace model
