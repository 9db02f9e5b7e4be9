// What makes two states the same to the explorer.
#pragma once
#include <cstdint>

namespace model {

// A hash of the whole state but for what decides nothing: books of CPU time, generations of
// handles, the weights of trees. Times count from now.
std::uint64_t fingerprint();

}  // namespace model
