// The broker: an honest server through which hostile processes get at each other's objects.
#pragma once
#include "tests/kernel/threads.hpp"

namespace hostile {

using namespace test;

// Puts the handle that comes with a call on a shelf (word 0 says where) and answers with a copy of
// another one (word 1). It is a service for start_server().
void exchange_handles(std::uint64_t badge, std::uint64_t header, std::uint64_t label,
                      std::uint64_t place, std::uint64_t other, std::uint64_t, std::uint64_t);

}  // namespace hostile
