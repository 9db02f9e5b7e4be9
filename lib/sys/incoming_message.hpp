// A call's message outside the message buffer, so that the server may make calls of its own while
// it uses texts and lists of the message.
#pragma once
#include "lib/codec/check.hpp"
#include "lib/sys/received_handles.hpp"

namespace sys {

class IncomingMessage {
public:
    explicit IncomingMessage(Registers const& message);

    // The root struct, if the message is what the shape says. Errors: bad_message
    Result<codec::StructReader> check(codec::Shape const& shape) const;

    ReceivedHandles& handles() { return handles_; }

private:
    Registers const& registers_;
    ReceivedHandles handles_;
    codec::Word words_[abi::buffer_words];
};

}  // namespace sys
