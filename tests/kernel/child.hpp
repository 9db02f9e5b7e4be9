// A process that is a copy of this one: its text, its variables as they are at `start`. The kernel
// knows no fork; this is what process_create, map and thread_create are for.
#pragma once
#include "lib/sys/start_info.hpp"
#include "tests/kernel/test.hpp"

namespace test {

using Entry = void (*)(std::uint64_t argument);

// What a process knows of itself; a child's own is in its copy of the variables.
struct World {
    HandleValue shared_memory = 0;
    HandleValue log_root = 0;
    std::array<HandleValue, 8> given{};
    std::size_t given_count = 1;
};

struct ChildOptions {
    std::uint64_t quota_bytes = 2 << 20;
    HandleValue payer = sys::own_process;
    std::uint32_t priority =
        sys::start_info().priority;  // its threads', and the highest it may use
    std::uint64_t flags = 0;         // of process_create
};

class Child {
public:
    explicit Child(ChildOptions const& options = {});
    Child(Child&&) = default;
    ~Child();

    // The child finds it as given(1), given(2) and so on; given(0) is start_server's.
    void give(HandleValue handle, sys::Rights rights = abi::all_rights);
    void give_first(HandleValue handle);
    // Runs `entry` in the child; the child exits with 0 when it returns.
    void start(Entry entry, std::uint64_t argument = 0);

    HandleValue process() const { return process_.value(); }
    abi::ProcessInfo info() const { return must(sys::process_info(process_.value())); }
    abi::ProcessInfo wait_for_end(Where where = Where::current());
    bool has_ended() const { return info().reason != abi::EndReason::running; }
    void kill() { must(sys::process_kill(process_.value(), 99)); }

private:
    void copy_image();
    void copy_pages(std::uint64_t begin, std::uint64_t end, sys::ProtectionBits protection);
    void make_start_pages();

    Handle process_;
    Handle ended_;
    std::uint32_t priority_;
    World world_;
};

// What this process was given when it was started.
HandleValue given(std::size_t index);

// In the first process only: makes the page that all share, for the children. Without a root they
// cannot log.
void prepare_children(HandleValue log_root);
// An end that a case expects.
void expect_exception(abi::ProcessInfo const& info, std::uint64_t cause,
                      Where where = Where::current());

}  // namespace test
