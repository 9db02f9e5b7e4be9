// `call` and `reply` of a kernel that a test makes up.
#pragma once
#include "abi/syscall.hpp"
#include "lib/base/result.hpp"
#include "lib/sys/registers.hpp"

namespace sys {

using abi::HandleValue;

// Each test supplies these.
Status call(HandleValue endpoint, Registers& message);
[[noreturn]] void reply(Status status, Registers const& message);

}  // namespace sys
