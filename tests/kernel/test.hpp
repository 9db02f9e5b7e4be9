// The kernel's tests: each case runs in a process of its own, so that one that hangs or dies fails
// alone. A case that returns has passed.
#pragma once
#include "lib/sys/syscalls.hpp"
#include <array>
#include <atomic>
#include <source_location>
#include <string_view>

namespace test {

using sys::Handle;
using sys::HandleValue;
using Where = std::source_location;

enum class Harts { one, many };

struct Case {
    Case(char const* name, void (*run)(), Harts harts);

    char const* name;
    void (*run)();
    Harts harts;  // many: what it finds depends on how many there are
    Case* next = nullptr;
};
Case* first_case();

#define CASE_ON(harts, case_name)                                                                  \
    static void case_name();                                                                       \
    static test::Case case_name##_case{#case_name, &case_name, test::Harts::harts};                \
    static void case_name()
#define CASE(case_name) CASE_ON(one, case_name)
#define CASE_ON_MANY_HARTS(case_name) CASE_ON(many, case_name)

// A page that all processes of a case share; zeroed before each case.
struct Shared {
    std::array<std::atomic<std::uint64_t>, 256> word;
    std::atomic<std::uint64_t> failures;
    std::atomic<std::uint64_t> effort;  // how often stress cases repeat: 1, or more in long runs
};
inline Shared& shared() { return *reinterpret_cast<Shared*>(0x20000); }

// Prints what went wrong and ends the process with the line number.
[[noreturn]] void fail(std::string_view what, Where where);

void expect(bool condition, Where where = Where::current());
void expect_equal(std::uint64_t found, std::uint64_t wanted, Where where = Where::current());
void expect_status(Status found, Status wanted, Where where = Where::current());
[[noreturn]] void fail_with(Status status, Where where);

// The value, which must be there.
template <class T>
T must(Result<T> result, Where where = Where::current())
{
    if (!result)
        fail_with(result.error(), where);
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

template <class T>
void refused(Result<T> const& result, Status wanted, Where where = Where::current())
{
    expect_status(result ? Status::ok : result.error(), wanted, where);
}

abi::Ticks milliseconds(std::uint64_t count);
abi::Ticks after(std::uint64_t count);  // the time in `count` milliseconds

// Waits for bits that must come soon; returns them.
std::uint64_t wait_for(Handle const& notification, Where where = Where::current());
// Gives others time until the condition holds, which must be soon.
template <class Condition>
void eventually(Condition const& condition, Where where = Where::current());
void pause(std::uint64_t count_ms);
// Takes CPU time and does nothing.
inline void compute(std::uint64_t rounds)
{
    while (rounds-- != 0)
        asm volatile("");
}

// Counts the rounds of a stress case: so many, or fewer on a machine that is too slow for them.
class Rounds {
public:
    explicit Rounds(std::uint64_t count)
        : left_{count * shared().effort}, end_{after(4000 * shared().effort)}
    {
    }
    bool another() { return left_-- != 0 && after(0) < end_; }

private:
    std::uint64_t left_;
    abi::Ticks end_;
};

// How long something may take that comes soon; a part of a case in a long run does all its rounds.
inline std::uint64_t patience_ms()
{
    std::uint64_t const effort = shared().effort;
    return 60'000 * (effort != 0 ? effort : 1);
}

template <class Condition>
void eventually(Condition const& condition, Where where)
{
    for (abi::Ticks const end = after(patience_ms()); !condition();) {
        if (after(0) > end)
            fail("it did not happen", where);
        pause(1);
    }
}

}  // namespace test
