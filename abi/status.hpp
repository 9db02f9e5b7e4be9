// Error codes shared by the kernel, the servers and the C library.
#pragma once
#include <cstdint>

namespace abi {

enum class Status : std::uint32_t {
#define STATUS(name, number, text) name = number,
#include "abi/status.def"
#undef STATUS
};

// The sentence that belongs to a status; also for numbers that no status has.
constexpr char const* to_string(Status status)
{
    switch (status) {
#define STATUS(name, number, text)                                                                 \
    case Status::name:                                                                             \
        return text;
#include "abi/status.def"
#undef STATUS
    }
    return "unknown status";
}

}  // namespace abi
