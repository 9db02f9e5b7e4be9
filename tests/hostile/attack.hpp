// A hostile process: threads and workers that make random system calls with handles of their own
// and of others. They are killed at any time, by each other too.
#pragma once
#include <cstdint>

namespace hostile {

// What the supervisor gives it: given(1), given(2).
inline constexpr std::size_t broker_handle = 1;
inline constexpr std::size_t own_process_handle = 2;

// How many calls process number `index` has made is in shared().word[index]; whoever reads that
// does not believe it. `seed`: of everything that this process does.
struct Plan {
    std::uint64_t index;
    std::uint64_t seed;
};
inline constexpr std::size_t most_processes = 16;

// The first thread of one; `plan` is a Plan.
void be_hostile(std::uint64_t plan);

}  // namespace hostile
