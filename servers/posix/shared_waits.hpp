// SharedWaits: threads that wait for words in memory which processes share, as futexes.
//
// Which word that is a process says itself. By a lie it can only wake others, who look again: a
// wake takes as many waiters of each user as it asks for, so that nobody takes one that was meant
// for another user's. What a word holds is never looked at here. Who waits says how many wakes of
// such words it has seen: if there are more by now, the word may have changed since it was read.
#pragma once
#include "generated/interfaces/posix.hpp"
#include "lib/sys/later.hpp"
#include "servers/posix/interruptible.hpp"
#include "servers/posix/timers.hpp"
#include "servers/posix/user.hpp"
#include <array>

namespace posix {

struct Service;

class SharedWaits final : public Interruptible {
public:
    explicit SharedWaits(Service& service);
    ~SharedWaits();

    // The number of a new piece of memory without a file, which nobody else gets.
    std::uint64_t new_memory() { return ++last_memory_; }

    struct Caller {
        ProcessNumber process;
        UserNumber user;
        ProcessNumber owner;  // holds the lock that this is; 0: nobody says so
    };
    // What a waiter is told.
    static constexpr Posix::WaitSharedResults look_again{.wakes = 0, .has_waited = true};
    // The call that is being served waits for the word. Errors: no_memory, no_handles; else
    // sys::later
    Result<Posix::WaitSharedResults> wait(Caller caller, SharedWord const& word,
                                          std::uint64_t wakes, abi::Ticks deadline);
    // At most `count` of each user.
    std::uint32_t wake(SharedWord const& word, std::uint32_t count);
    void interrupt(ProcessNumber waiter) override;
    // What it held, nobody will give back. Who waits for a lock with an owner looks again: whom it
    // named when it began to wait may not be the last one to have had it.
    void owner_ended();

private:
    class Waiter final : public Timed {
    public:
        Waiter(SharedWaits& waits, Caller caller, SharedWord const& word,
               sys::Reply<Posix::WaitSharedCall> reply)
            : caller_{caller}, word_{word}, waits_{waits}, reply_{std::move(reply)}
        {
        }
        void due(abi::Ticks now) override;
        // Ends this object.
        void answer(Result<Posix::WaitSharedResults> result);

        Caller const caller_;
        SharedWord const word_;
        ListLink<Waiter> link_;

    private:
        SharedWaits& waits_;
        sys::Reply<Posix::WaitSharedCall> reply_;
    };

    static constexpr std::size_t bucket_count = 64;
    std::uint64_t& wakes_of(SharedWord const& word);
    template <class Choose>
    std::uint32_t answer_each(Result<Posix::WaitSharedResults> const& result, Choose const& choose);

    Service& service_;
    IntrusiveList<Waiter, &Waiter::link_> waiters_;
    // Of words that have the same place here.
    std::array<std::uint64_t, bucket_count> wakes_{};
    std::uint64_t last_memory_ = 0;
};

}  // namespace posix
