#include "libc/posix/shared_words.hpp"
#include "libc/posix/door.hpp"
#include "libc/sys/errno.hpp"
#include "libc/sys/futex.hpp"
#include "libc/sys/thread.hpp"
#include <atomic>
#include <errno.h>

namespace {

// The word of a lock that the calling thread is about to wait for, and who has that.
struct {
    std::uint32_t const* word;
    std::int32_t owner;
} constinit thread_local awaited{};

std::int32_t process_of(int thread) { return thread % libc::process_numbers; }

}  // namespace

bool libc::owner_has_died(std::uint32_t const* word, int owner)
{
    auto const process = process_of(owner);
    auto const server = posix::door();
    awaited = {word, process};
    if (!server || process == posix::own_process_number())
        return false;
    auto const ended = (*server)->has_ended(process);
    return ended && *ended;
}

extern "C" int __os_has_died(int volatile* word, int thread)
{
    return libc::owner_has_died(reinterpret_cast<std::uint32_t*>(const_cast<int*>(word)), thread);
}

// What is read between being told of all wakes and waiting for the next one is not out of date.
std::optional<long> libc::wait_for_shared(std::uint32_t const* word, std::uint32_t expected,
                                          sys::Ticks deadline)
{
    auto const name = posix::find_shared_word(sys::address_of(word));
    auto const server = posix::door();
    if (!name || !server)
        return std::nullopt;
    std::atomic_ref const content{*const_cast<std::uint32_t*>(word)};
    std::int32_t const owner = awaited.word == word ? awaited.owner : 0;
    awaited = {};
    for (std::uint64_t wakes = ~std::uint64_t{0};;) {
        if (content.load() != expected)
            return -EAGAIN;
        auto const answer = (*server)->wait_shared(*name, wakes, deadline, owner);
        if (!answer)
            return -to_errno(answer.error());
        if (answer->has_waited)
            return 0;
        wakes = answer->wakes;
    }
}

std::optional<long> libc::wake_shared(std::uint32_t const* word, std::uint32_t count)
{
    auto const name = posix::find_shared_word(sys::address_of(word));
    auto const server = posix::door();
    if (!name || !server)
        return std::nullopt;
    for (;;) {
        auto const woken = (*server)->wake_shared(*name, count);
        if (woken || woken.error() != Status::interrupted)
            return to_return(woken);
    }
}
