// Result<T>: a value, or the reason there is none. The compiler rejects code that ignores one.
#pragma once
#include "abi/status.hpp"
#include <expected>
#include <utility>

using abi::Status;

// std::expected is not [[nodiscard]] in libstdc++ 12, so the class is ours.
template <class T = void>
class [[nodiscard]] Result : public std::expected<T, Status> {
public:
    using std::expected<T, Status>::expected;
};

constexpr auto fail(Status status) { return std::unexpected{status}; }

// A status as a Result: ok is success.
constexpr Result<> to_result(Status status)
{
    if (status != Status::ok)
        return fail(status);
    return {};
}

constexpr Status to_status(Result<> const& result) { return result ? Status::ok : result.error(); }

// TRY(e) is the value of e, or returns e's error from the enclosing function.
// Use it only as a whole statement or initializer: one step, one name, one line.
#define TRY(expression)                                                                            \
    ({                                                                                             \
        auto try_result = (expression);                                                            \
        if (!try_result) [[unlikely]]                                                              \
            return fail(try_result.error());                                                       \
        *std::move(try_result);                                                                    \
    })
