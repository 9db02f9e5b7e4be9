#include "servers/posix/shared_waits.hpp"
#include "servers/posix/service.hpp"
#include <algorithm>
#include <new>
#include <vector>

namespace posix {
namespace {

bool is_same(SharedWord const& one, SharedWord const& other)
{
    return one.volume == other.volume && one.memory == other.memory && one.offset == other.offset;
}

// Counts those of each user, up to a number.
class FewOfEachUser {
public:
    explicit FewOfEachUser(std::uint32_t most) : most_{most} {}

    bool has_room_for(UserNumber user)
    {
        auto row = std::ranges::find(rows_, user, &Row::user);
        if (row == rows_.end())
            row = rows_.insert(row, {user, 0});
        return row->count++ < most_;
    }

private:
    struct Row {
        UserNumber user;
        std::uint32_t count;
    };

    std::uint32_t most_;
    std::vector<Row> rows_;
};

}  // namespace

SharedWaits::SharedWaits(Service& service) : service_{service}
{
    service_.interruptibles.add(*this);
}

SharedWaits::~SharedWaits() { service_.interruptibles.remove(*this); }

void SharedWaits::Waiter::due(abi::Ticks) { answer(fail(Status::timed_out)); }

void SharedWaits::Waiter::answer(Result<Posix::WaitSharedResults> result)
{
    waits_.waiters_.remove(*this);
    waits_.service_.set_timer(*this, abi::never);
    reply_.send(std::move(result));
    delete this;
}

std::uint64_t& SharedWaits::wakes_of(SharedWord const& word)
{
    std::uint64_t const mixed = (word.memory ^ word.volume) * 31 + word.offset / 4;
    return wakes_[mixed % bucket_count];
}

Result<Posix::WaitSharedResults> SharedWaits::wait(Caller caller, SharedWord const& word,
                                                   std::uint64_t wakes, abi::Ticks deadline)
{
    std::uint64_t const wakes_now = wakes_of(word);
    if (wakes != wakes_now)
        return Posix::WaitSharedResults{.wakes = wakes_now, .has_waited = false};
    auto reply = TRY(sys::take_reply<Posix::WaitSharedCall>());
    auto* const waiter = new (std::nothrow) Waiter{*this, caller, word, std::move(reply)};
    if (waiter == nullptr)
        return fail(Status::no_memory);
    waiters_.push_back(*waiter);
    service_.set_timer(*waiter, deadline);
    return fail(sys::later);
}

template <class Choose>
std::uint32_t SharedWaits::answer_each(Result<Posix::WaitSharedResults> const& result,
                                       Choose const& choose)
{
    std::uint32_t count = 0;
    for (Waiter* waiter = waiters_.front(); waiter != nullptr;) {
        Waiter* const next = waiters_.next(*waiter);
        if (choose(*waiter)) {
            waiter->answer(result);
            ++count;
        }
        waiter = next;
    }
    return count;
}

std::uint32_t SharedWaits::wake(SharedWord const& word, std::uint32_t count)
{
    ++wakes_of(word);
    FewOfEachUser few{count};
    return answer_each(look_again, [&](Waiter const& waiter) {
        return is_same(waiter.word_, word) && few.has_room_for(waiter.caller_.user);
    });
}

void SharedWaits::owner_ended()
{
    answer_each(look_again, [](Waiter const& waiter) { return waiter.caller_.owner != 0; });
}

void SharedWaits::interrupt(ProcessNumber process)
{
    answer_each(fail(Status::interrupted),
                [process](Waiter const& waiter) { return waiter.caller_.process == process; });
}

}  // namespace posix
