// Position: where the next read of an open file begins.
#pragma once
#include "generated/interfaces/file.hpp"
#include <limits>

namespace posix {

class Position {
public:
    std::uint64_t value() const { return value_; }
    void advance(std::uint64_t bytes) { value_ += bytes; }

    // In a file of that size. Errors: bad_argument
    Result<std::uint64_t> seek(std::int64_t distance, Origin origin, std::uint64_t size)
    {
        std::uint64_t const start = origin == Origin::start     ? 0
                                    : origin == Origin::current ? value_
                                                                : size;
        constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        std::uint64_t const target = start + static_cast<std::uint64_t>(distance);
        if (target > most)
            return fail(Status::bad_argument);
        return value_ = target;
    }

private:
    std::uint64_t value_ = 0;
};

}  // namespace posix
