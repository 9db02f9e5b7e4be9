// Handle: owns one capability of this process; closes it at the end of its life.
#pragma once
#include "abi/message.hpp"
#include <utility>

namespace sys {

using abi::HandleValue;

void close_handle(HandleValue handle);  // the system call; a handle that is not valid is ignored

class [[nodiscard]] Handle {
public:
    Handle() = default;
    explicit Handle(HandleValue value) : value_{value} {}
    Handle(Handle&& other) noexcept : value_{std::exchange(other.value_, 0)} {}
    Handle& operator=(Handle other) noexcept
    {
        std::swap(value_, other.value_);
        return *this;
    }
    ~Handle()
    {
        if (value_ != 0)
            close_handle(value_);
    }

    HandleValue value() const { return value_; }
    explicit operator bool() const { return value_ != 0; }
    HandleValue release() { return std::exchange(value_, 0); }

    // From now on it owns another capability, of the same service: see lib/sys/reconnect.hpp. What
    // it owned before is not closed.
    void replace(HandleValue value) const { value_ = value; }

private:
    mutable HandleValue value_ = 0;
};

}  // namespace sys
