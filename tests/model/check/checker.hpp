// What has to hold of the kernel's objects between any two steps: docs/kernel-invariants.md.
#pragma once
#include <string>

namespace model {

// All of it. Throws Broken with the rule that does not hold.
void check_invariants();
// The quick part: threads, slices, pools and harts, but not who knows and who pays for objects.
void check_chains();

// That nothing is left of what tests have made: all processes but the first are gone, and the first
// one's quota and the allocator are as they were when `before` was noted.
struct Stock {
    unsigned long used_bytes;
    unsigned long free_frames;
    unsigned long structures;
};
Stock take_stock();
void check_nothing_is_left(Stock const& before);

// Harts, pools and threads as they are now.
std::string describe_system();

}  // namespace model
