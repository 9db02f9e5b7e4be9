// A kernel in which who waits only waits: for measurement, never to be used.
#pragma once

namespace kernel::measured {

inline constexpr bool has_lending = false;

}  // namespace kernel::measured
