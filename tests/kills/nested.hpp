// Nested calls of several kinds: a client calls a first server, which calls a second one.
#pragma once
#include "tests/kernel/random.hpp"
#include "tests/kernel/threads.hpp"
#include <optional>

namespace kills {

using namespace test;

inline constexpr std::uint32_t priority = 10;

// Where the last step of a nested call has been, for the statistics: words of the shared page.
enum class Place : std::uint64_t { client, first, second, first_again, count };
std::atomic<std::uint64_t>& place();
// Nested calls that clients have begun.
std::atomic<std::uint64_t>& calls_made();

// Makes a nested call: a short one, or with words, leases, handles or a deadline, or one that the
// second server answers later.
Status call_nested(HandleValue endpoint, Random& random);

// The two servers. The first one is given the second one's endpoint.
class Servers {
public:
    Servers();

    HandleValue first() const { return first_endpoint_.value(); }
    HandleValue second() const { return second_endpoint_.value(); }
    Child& first_process() { return *first_; }
    Child& second_process() { return *second_; }
    bool all_serve() const;
    // Starts what has ended again.
    void restore();

private:
    void start_first();
    void start_second();

    std::optional<Child> second_;
    std::optional<Child> first_;
    Handle second_endpoint_;
    Handle first_endpoint_;
};

}  // namespace kills
