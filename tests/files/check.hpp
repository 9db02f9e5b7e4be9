// Checks: each line of the log says what was checked, and whether it held.
#pragma once
#include "generated/interfaces/file.hpp"
#include "lib/sys/log.hpp"

namespace files {

inline void check(std::string_view what, bool holds)
{
    sys::log(holds ? "ok: " : "FAILED: ", what);
}

template <class T>
void fails_with(std::string_view what, Result<T> const& result, Status expected)
{
    check(what, !result && result.error() == expected);
}

inline std::span<std::byte const> bytes(std::string_view text)
{
    return std::as_bytes(std::span{text});
}

Result<> check_descriptions(Directory const& root);
Result<> check_users(Directory const& root);
Result<> check_names(Directory const& root);

}  // namespace files
