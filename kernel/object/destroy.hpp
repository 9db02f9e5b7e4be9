// The end of an object: the one place that knows all types.
#pragma once
#include "kernel/object/object.hpp"

namespace kernel {

// Takes a part of what a large object holds away; false if there is more. First.
bool take_apart(Object& object);

// Frees an object that no handle, no reference and no hart knows any more.
void destroy(Object& object);

}  // namespace kernel
