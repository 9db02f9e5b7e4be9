// The system calls `call` and `reply` as functions: see abi/message.hpp for the registers.
#pragma once
#include "abi/message.hpp"
#include "lib/machine/call.hpp"

namespace sys {

using abi::MessageHeader;

// The calling thread's message buffer. Its content is lost at each system call that sends or
// receives a message.
abi::MessageBuffer& message_buffer();

}  // namespace sys
