// Limits: how much of each resource a process may use; children inherit them, and programs that it
// becomes keep them.
#pragma once
#include "lib/base/result.hpp"
#include <array>
#include <cstdint>

namespace posix {

// As <sys/resource.h> numbers them.
enum class Resource : std::uint32_t {
    cpu_time,
    file_size,
    data,
    stack,
    core_file,
    resident_memory,
    processes,
    descriptors,
    locked_memory,
    address_space,
    record_locks,
    pending_signals,
    message_queues,
    niceness,
    real_time_priority,
    real_time,
};
inline constexpr std::size_t resource_count = 16;
inline constexpr std::uint64_t no_limit = ~std::uint64_t{0};

struct Limit {
    std::uint64_t soft = no_limit;
    std::uint64_t hard = no_limit;
};

class Limits {
public:
    static constexpr std::uint64_t most_descriptors = 128;  // what a C library's table holds
    static constexpr std::uint64_t most_processes = 512;
    static constexpr std::uint64_t usual_stack_bytes = 1 << 20;

    Limits();

    // Errors: bad_argument
    Result<Limit> of(std::uint32_t resource) const;
    // Errors: bad_argument, not_permitted (it raises the hard limit)
    Result<> set(std::uint32_t resource, Limit limit, bool is_superuser);

    std::uint64_t soft(Resource resource) const { return at(resource).soft; }
    std::uint64_t hard(Resource resource) const { return at(resource).hard; }

private:
    Limit const& at(Resource resource) const { return limits_[static_cast<std::size_t>(resource)]; }

    std::array<Limit, resource_count> limits_;
};

}  // namespace posix
