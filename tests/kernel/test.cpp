#include "tests/kernel/test.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/log.hpp"

namespace test {

namespace {

constinit Case* first = nullptr;
constinit Case** last = &first;

}  // namespace

Case::Case(char const* case_name, void (*function)(), Harts on)
    : name{case_name}, run{function}, harts{on}
{
    *last = this;
    last = &next;
}

Case* first_case() { return first; }

void fail(std::string_view what, Where where)
{
    shared().failures++;
    sys::log("  ", where.file_name(), ":", where.line(), ": ", what);
    sys::exit(where.line());  // all that a program without a log can say
}

void expect(bool condition, Where where)
{
    if (!condition)
        fail("not so", where);
}

void expect_equal(std::uint64_t found, std::uint64_t wanted, Where where)
{
    if (found == wanted)
        return;
    sys::log("  found ", found, ", wanted ", wanted);
    fail("not equal", where);
}

void expect_status(Status found, Status wanted, Where where)
{
    if (found == wanted)
        return;
    sys::log("  found: ", to_string(found), "; wanted: ", to_string(wanted));
    fail("another status", where);
}

void fail_with(Status status, Where where) { fail(to_string(status), where); }

abi::Ticks milliseconds(std::uint64_t count)
{
    return count * (sys::start_info().timebase_hz / 1000);
}

abi::Ticks after(std::uint64_t count) { return sys::now() + milliseconds(count); }

std::uint64_t wait_for(Handle const& notification, Where where)
{
    return must(sys::wait(notification.value(), after(patience_ms())), where);
}

void pause(std::uint64_t count_ms)
{
    auto const never_signalled = must(sys::notification_create());
    refused(sys::wait(never_signalled.value(), after(count_ms), abi::wait_shielded),
            Status::timed_out);
}

}  // namespace test
