// New instructions in memory have to be made known to the harts (Zifencei).
#pragma once

namespace kernel::arch {

// Every hart fetches what has been stored so far. For a page that becomes executable: whoever wrote
// it did so on some hart, and its threads may run on any.
[[gnu::noinline]] void synchronise_instructions();

}  // namespace kernel::arch
