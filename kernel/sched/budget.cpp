// A limit on CPU time.
#include "kernel/sched/budget.hpp"
#include <algorithm>

namespace kernel {

void Budget::configure(Ticks amount, Ticks period, Ticks now)
{
    amount_ = amount;
    period_ = period;
    count_ = 0;
    if (is_limited())
        append({now, amount});
}

Ticks Budget::available(Ticks now) const
{
    if (!is_limited())
        return abi::never;
    Ticks sum = 0;
    for (std::size_t i = 0; i < count_ && refills_[i].time <= now; i++)
        sum += refills_[i].amount;
    return sum;
}

// With all places taken, the last two refills become one, at the later time.
void Budget::append(Refill refill)
{
    if (count_ == most_refills) {
        refill.amount += refills_[count_ - 1].amount;
        count_--;
    }
    refills_[count_++] = refill;
}

[[gnu::noinline]] void Budget::take(Ticks used, Ticks now)
{
    used = std::min(used, amount_);
    Ticks const back = now - std::min(used, now) + period_;
    for (Ticks left = used; left != 0;) {
        Refill& first = refills_[0];
        Ticks const part = std::min(left, first.amount);
        left -= part;
        first.amount -= part;
        if (first.amount == 0)
            std::shift_left(refills_, refills_ + count_--, 1);
    }
    if (used != 0)
        append({count_ == 0 ? back : std::max(back, refills_[count_ - 1].time), used});
}

}  // namespace kernel
