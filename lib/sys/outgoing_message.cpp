#include "lib/sys/outgoing_message.hpp"
#include <algorithm>

namespace sys {

MessageHeader OutgoingMessage::store(std::size_t accepted_handles, std::size_t lease_count) const
{
    auto& buffer = message_buffer();
    std::copy_n(words_, word_count_, buffer.words);
    std::copy_n(handles_, handle_count_, buffer.handles);
    return MessageHeader::make(word_count_, handle_count_, accepted_handles, lease_count);
}

}  // namespace sys
