// What files cost, from a program's call to its return: a file of the disk that is in the cache.
#pragma once
#include "generated/interfaces/file.hpp"

namespace bench {

Result<> measure_files(Directory const& root);

}  // namespace bench
