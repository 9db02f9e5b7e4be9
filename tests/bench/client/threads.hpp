// What threads cost: making them, and waking one of another process.
#pragma once
#include "generated/tests/bench/bench.hpp"

namespace bench {

Result<> measure_threads(Bench const& server);

}  // namespace bench
