#include "lib/sys/received_handles.hpp"

namespace sys {

void ReceivedHandles::receive()
{
    auto const& transfers = message_buffer().handles;
    for (std::size_t i = 0; i < count_; ++i)
        handles_[i] = Handle{transfers[i].handle};
}

}  // namespace sys
