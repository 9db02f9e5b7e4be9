// Each thread has a message buffer of its own; its address is one of the thread's own variables.
#pragma once
#include "abi/message.hpp"

namespace sys {

// Gives the thread that owns `thread_pointer` its buffer. Context: before that thread runs.
void set_message_buffer(void* thread_pointer, abi::MessageBuffer& buffer);

}  // namespace sys
