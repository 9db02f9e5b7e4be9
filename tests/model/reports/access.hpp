// Every load and store of the kernel, as the compiler's thread sanitizer reports them. Its library
// is not linked: hooks.cpp defines the functions that instrumented code calls.
#pragma once
#include <cstdint>
#include <string>

namespace model {

struct Access {
    std::uint64_t address;
    unsigned bytes;
    bool writes;
    void const* code;  // where the access is
};

// Is called before each access; null: nobody looks.
extern void (*access_hook)(Access const& access);
// The hook's own accesses are not reported.
extern bool is_in_access_hook;

// The function around a code address.
std::string function_at(void const* code);

}  // namespace model
