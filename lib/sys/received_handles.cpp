#include "lib/sys/received_handles.hpp"
#include <algorithm>

namespace sys {

ReceivedHandles::ReceivedHandles(MessageHeader header)
    : count_{std::min(header.handle_count(), abi::max_message_handles)}
{
    auto const& transfers = message_buffer().handles;
    for (std::size_t i = 0; i < count_; ++i)
        handles_[i] = Handle{transfers[i].handle};
}

}  // namespace sys
