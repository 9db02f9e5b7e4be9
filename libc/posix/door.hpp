// The way to servers/posix, where what processes share is kept. A program that was not started as a
// POSIX process has none: it is process 1 of its own world.
#pragma once
#include "generated/interfaces/posix.hpp"

namespace posix {

// Errors: not_supported, if there is none
Result<Posix const*> door();

long own_process_number();

// After an exec: as it was.
void know_process_number(long number);

// After a fork, in the child.
void enter_door(sys::HandleValue door, long process_number);

}  // namespace posix
