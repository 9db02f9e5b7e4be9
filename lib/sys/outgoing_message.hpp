// A message that is built outside the message buffer: what it is made of may still be in there,
// such as the texts that the last call returned. It can be sent more than once.
#pragma once
#include "lib/codec/builder.hpp"
#include "lib/sys/call.hpp"

namespace sys {

class OutgoingMessage {
public:
    // Errors: too_large
    template <class S>
    Result<> encode(S const& value)
    {
        codec::Builder message{words_, handles_};
        value.encode(message.root(S::layout));
        word_count_ = TRY(message.finish());
        handle_count_ = message.handle_count();
        return {};
    }

    // Puts it where `call` and `reply` take it from.
    MessageHeader store(std::size_t accepted_handles = 0, std::size_t lease_count = 0) const;

private:
    std::size_t word_count_ = 0;
    std::size_t handle_count_ = 0;
    abi::HandleTransfer handles_[abi::max_message_handles];
    codec::Word words_[abi::buffer_words];
};

}  // namespace sys
