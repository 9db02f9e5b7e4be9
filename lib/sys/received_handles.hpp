// The handles that came with a message. Those that nobody takes are closed: a peer cannot fill our
// capability space with handles that its message does not mention.
#pragma once
#include "lib/sys/call.hpp"
#include "lib/sys/handle.hpp"
#include <algorithm>
#include <array>
#include <optional>

namespace sys {

class ReceivedHandles {
public:
    explicit ReceivedHandles(MessageHeader header)
        : count_{std::min(header.handle_count(), abi::max_message_handles)}
    {
        if (count_ != 0)
            receive();
    }

    std::uint32_t count() const { return static_cast<std::uint32_t>(count_); }

    // Nothing where the sender passed no capability.
    template <class T>
    T take(std::optional<std::uint32_t> index)
    {
        return index && *index < count_ ? T{std::move(handles_[*index])} : T{};
    }

private:
    void receive();

    std::array<Handle, abi::max_message_handles> handles_;
    std::size_t count_;
};

}  // namespace sys
