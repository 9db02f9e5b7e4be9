// What the two ends of a ring share: two counters and two flags, and behind them the items.
//
// One process puts items in, one takes them out. Neither trusts the other: an end keeps its own
// counter to itself and only ever stores it here, reads the other's once, and believes it only if
// it fits the ring. Whatever the other writes, an end stays inside the memory.
//
//   producer                                   consumer
//   1. write the items                         1. read `produced`
//   2. store `produced`                        2. read the items
//   3. fence; `consumer_waits`? wake it        3. store `consumed`
//                                              4. fence; `producer_waits`? wake it
//   to wait, when it is full:                  to wait, when it is empty:
//   a. set `producer_waits`                    a. set `consumer_waits`
//   b. fence; read `consumed` again            b. fence; read `produced` again
//   c. wait if it is still full                c. wait if it is still empty
//
// Because of the fences, who waits sees the other's counter in b or the other sees the flag: no
// wake-up is lost. ring.pml is the model of this.
#pragma once
#include "lib/base/result.hpp"
#include <cstddef>
#include <span>

namespace ring {

struct Control {
    // The producer's line.
    alignas(64) std::uint32_t produced;  // items ever put in, modulo 2^32
    std::uint32_t producer_waits;        // set by the producer; cleared by who wakes it, or by it

    // The consumer's line.
    alignas(64) std::uint32_t consumed;  // items ever taken out, modulo 2^32
    std::uint32_t consumer_waits;        // set by the consumer; cleared by who wakes it, or by it
};
static_assert(sizeof(Control) == 128);

// A ring in memory that is zero at first. Both ends find the same one in the same memory, without
// asking each other.
struct View {
    Control* control;
    std::uint64_t* words;
    std::uint32_t capacity;  // items; a power of two

    // As many items as fit. Errors: bad_argument - there is no room for two, or the memory is not
    // aligned to a cache line, or items are not whole words
    static Result<View> over(std::span<std::byte> memory, std::size_t item_bytes);
};

}  // namespace ring
