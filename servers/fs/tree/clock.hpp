// Clock: where time stamps come from.
#pragma once
#include <cstdint>

namespace fs {

struct Timestamp {
    std::int64_t seconds = 0;  // since 1970, UTC
    std::uint32_t nanoseconds = 0;
};

class Clock {
public:
    virtual Timestamp now() = 0;

protected:
    ~Clock() = default;
};

}  // namespace fs
