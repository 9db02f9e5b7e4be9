#include "lib/sys/incoming_message.hpp"
#include <algorithm>

namespace sys {

// Words behind the message stay uninitialised: nothing reads them.
IncomingMessage::IncomingMessage(Registers const& message)
    : registers_{message}, handles_{MessageHeader{message.header}}
{
    auto count = std::min(MessageHeader{message.header}.word_count(), abi::buffer_words);
    std::copy_n(message_buffer().words, count, words_);
}

Result<codec::StructReader> IncomingMessage::check(codec::Shape const& shape) const
{
    auto count = MessageHeader{registers_.header}.word_count();
    if (count > abi::buffer_words)
        return fail(Status::bad_message);
    if (count == 0)
        return codec::StructReader::from_words(registers_.words);
    codec::Segment words{words_, count};
    return codec::check(words, shape, codec::Limits::for_message(words, handles_.count()));
}

}  // namespace sys
