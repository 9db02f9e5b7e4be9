// Reads or writes that wait, in order, as unanswered calls.
#pragma once
#include "generated/interfaces/file.hpp"
#include "lib/base/intrusive_list.hpp"
#include "lib/sys/later.hpp"
#include "servers/posix/types.hpp"
#include <memory>
#include <new>

namespace posix {

inline bool must_wait(Result<std::uint32_t> const& count)
{
    return !count && count.error() == Status::would_block;
}

template <class Method, class Lease>
class WaitingTransfers {
public:
    struct Transfer {
        sys::Reply<Method> reply{sys::Handle{}};
        Lease lease;
        ProcessNumber waiter = 0;
        ListLink<Transfer> link;
    };

    WaitingTransfers() = default;
    ~WaitingTransfers() { answer_all(fail(Status::peer_died)); }
    WaitingTransfers(WaitingTransfers const&) = delete;
    WaitingTransfers& operator=(WaitingTransfers const&) = delete;

    bool empty() const { return list_.empty(); }
    Transfer& front() { return *list_.front(); }

    // The call that is being served waits. Errors: no_memory, no_handles; else sys::later
    Result<std::uint32_t> wait(Lease const& lease, std::int32_t waiter)
    {
        auto reply = TRY(sys::take_reply<Method>());
        auto const held = reply.hold(lease);
        if (!spare_)
            spare_.reset(new (std::nothrow) Transfer);
        if (!spare_)
            return fail(Status::no_memory);
        Transfer& transfer = *spare_.release();
        transfer.reply = std::move(reply);
        transfer.lease = held;
        transfer.waiter = process_of(waiter);
        list_.push_back(transfer);
        return fail(sys::later);
    }

    void answer_front(Result<std::uint32_t> result)
    {
        Transfer& transfer = front();
        list_.remove(transfer);
        transfer.reply.send(std::move(result));
        spare_.reset(&transfer);
    }

    // Answers the first one with what `move` makes of its lease, unless that has to wait on.
    template <class Move>
    bool serve_front(Move const& move)
    {
        if (empty())
            return false;
        auto const count = move(front().lease);
        if (must_wait(count))
            return false;
        answer_front(count);
        return true;
    }

    void answer_all(Result<std::uint32_t> const& result)
    {
        while (!empty())
            answer_front(result);
    }

    void interrupt(ProcessNumber waiter)
    {
        for (Transfer* at = list_.front(); at != nullptr;) {
            Transfer* const next = list_.next(*at);
            if (at->waiter == waiter) {
                list_.remove(*at);
                at->reply.send(fail(Status::interrupted));
                delete at;
            }
            at = next;
        }
    }

private:
    IntrusiveList<Transfer, &Transfer::link> list_;
    std::unique_ptr<Transfer> spare_;  // from the last wait: the next one needs no memory
};

using WaitingReads = WaitingTransfers<File::ReadNextCall, sys::LeaseOut>;
using WaitingWrites = WaitingTransfers<File::WriteNextCall, sys::LeaseIn>;

}  // namespace posix
