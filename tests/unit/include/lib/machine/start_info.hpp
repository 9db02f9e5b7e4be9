// The start information that a test makes up.
#pragma once
#include "abi/start_info.hpp"

namespace sys {

// Each test supplies this.
abi::StartInfo const& start_info();

}  // namespace sys
