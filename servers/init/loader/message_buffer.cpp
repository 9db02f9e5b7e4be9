// The loader has one thread and no thread-local storage.
#include "abi/start_info.hpp"
#include "lib/sys/call.hpp"

namespace sys {

abi::MessageBuffer& message_buffer()
{
    return *reinterpret_cast<abi::MessageBuffer*>(abi::first_message_buffer);
}

}  // namespace sys
