#include "libc/posix/shared_words.hpp"
#include "libc/posix/door.hpp"
#include "libc/sys/errno.hpp"
#include "libc/sys/futex.hpp"
#include <atomic>
#include <errno.h>

// What is read between being told of all wakes and waiting for the next one is not out of date.
std::optional<long> libc::wait_for_shared(std::uint32_t const* word, std::uint32_t expected,
                                          sys::Ticks deadline)
{
    auto const name = posix::find_shared_word(sys::address_of(word));
    auto const server = posix::door();
    if (!name || !server)
        return std::nullopt;
    std::atomic_ref const content{*const_cast<std::uint32_t*>(word)};
    for (std::uint64_t wakes = ~std::uint64_t{0};;) {
        if (content.load() != expected)
            return -EAGAIN;
        auto const answer = (*server)->wait_shared(*name, wakes, deadline);
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
