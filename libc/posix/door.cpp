#include "libc/posix/door.hpp"
#include "lib/sys/start_info.hpp"
#include <atomic>

namespace posix {
namespace {

constexpr long number_without_door = 1;
constinit std::atomic<long> process_number = 0;  // 0: not asked for yet

// Of the first program of a session; a child is told its own. It lives as long as the process.
Posix& known_door()
{
    static constinit Posix known;
    return known;
}

Posix& found_door()
{
    Posix& known = known_door();
    if (!known)
        known = Posix{sys::Handle{sys::find_grant("posix")}};
    return known;
}

}  // namespace

Result<Posix const*> door()
{
    Posix const& found = found_door();
    if (!found)
        return fail(Status::not_supported);
    return &found;
}

long own_process_number()
{
    if (process_number == 0) {
        auto const own = door();
        auto const identity = own ? (*own)->identity(0) : fail(own.error());
        process_number = identity ? identity->process : number_without_door;
    }
    return process_number;
}

void know_process_number(long number) { process_number = number; }

// The parent's door, whose handle was copied with all others, is closed.
void enter_door(sys::HandleValue door, long number)
{
    known_door() = Posix{sys::Handle{door}};
    process_number = number;
}

}  // namespace posix
