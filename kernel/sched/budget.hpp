// A limit on CPU time: so many ticks in each period. What has been used comes back a period after
// its use began (a sporadic server: Sprunt, Sha and Lehoczky 1989, as mended by Stanovich et al.
// 2010), so that no interval as long as the period sees more than the budget, plus one.
#pragma once
#include "abi/syscall.hpp"
#include <cstddef>

namespace kernel {

using abi::Ticks;

class Budget {
public:
    bool is_limited() const { return period_ != 0; }

    // A period of 0: no limit.
    void configure(Ticks amount, Ticks period, Ticks now);

    // What may be used at `now` before the next refill; `never` without a limit.
    Ticks available(Ticks now) const;
    bool is_empty(Ticks now) const { return available(now) == 0; }
    // When there is something again; for a budget that is empty.
    Ticks next_refill() const { return refills_[0].time; }

    // Takes `used` ticks that were used up to `now`; more than there was becomes a debt, which the
    // refills to come pay.
    void use(Ticks used, Ticks now)
    {
        if (is_limited()) [[unlikely]]
            take(used, now);
    }

private:
    static constexpr std::size_t most_refills = 8;

    struct Refill {
        Ticks time;    // when it may be used
        Ticks amount;  // ticks
    };

    void take(Ticks used, Ticks now);
    void append(Refill refill);

    Ticks amount_ = 0;
    Ticks period_ = 0;
    std::size_t count_ = 0;
    Refill refills_[most_refills]{};  // by time
};

}  // namespace kernel
