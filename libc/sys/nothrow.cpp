// The argument of `new (std::nothrow)`. A file of its own: it cannot be weak as cxx_runtime.cpp is,
// so it must not be drawn into a program that has libstdc++'s.
#include <new>

std::nothrow_t const std::nothrow{};
