// What memory costs: mapping it, and the faults that bring its pages in.
#pragma once
#include "generated/tests/bench/bench.hpp"

namespace bench {

Result<> measure_memory(Bench const& server);

}  // namespace bench
