#include "lib/sys/message_buffer.hpp"
#include "abi/start_info.hpp"
#include "lib/sys/call.hpp"

namespace sys {
namespace {

// A number rather than a pointer: it needs no code to initialise it in a new thread.
constinit thread_local std::uint64_t buffer_address = abi::first_message_buffer;

}  // namespace

abi::MessageBuffer& message_buffer()
{
    return *reinterpret_cast<abi::MessageBuffer*>(buffer_address);
}

// Programs are linked statically, so a variable is at the same distance from every thread pointer.
void set_message_buffer(void* thread_pointer, abi::MessageBuffer& buffer)
{
    auto const here = reinterpret_cast<std::byte*>(&buffer_address);
    auto const distance = here - static_cast<std::byte*>(__builtin_thread_pointer());
    auto const there = static_cast<std::byte*>(thread_pointer) + distance;
    *reinterpret_cast<std::uint64_t*>(there) = reinterpret_cast<std::uint64_t>(&buffer);
}

}  // namespace sys
