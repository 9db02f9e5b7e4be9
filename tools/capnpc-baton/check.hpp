// Refuses what single declarations do not show: structs that contain themselves, capabilities where
// none can be passed.
#pragma once
#include "tools/capnpc-baton/model.hpp"

// Throws Unsupported.
void check(Model const& model);
