// The end of an object: the one place that knows all types.
#pragma once
#include "kernel/object/object.hpp"

namespace kernel {

// Frees an object that no handle, no reference and no hart knows any more.
void destroy(Object& object);

}  // namespace kernel
