// While a call waits, other signals are blocked. A handler that runs then restores the usual set
// when it returns; else it is restored here.
#pragma once
#include "libc/posix/signal_thread.hpp"

namespace posix {

class WaitingMask {
public:
    // A null pointer: the same ones.
    explicit WaitingMask(SignalSet const* mask)
        : thread_{mask == nullptr ? nullptr : signal_thread()}
    {
        if (thread_ == nullptr)
            return;
        thread_->block_meanwhile(*mask);
        take_unclaimed(*thread_);
    }
    ~WaitingMask()
    {
        if (thread_ != nullptr && thread_->deliverable() == 0)
            thread_->restore_blocked();
    }
    WaitingMask(WaitingMask const&) = delete;
    WaitingMask& operator=(WaitingMask const&) = delete;

private:
    SignalThread* thread_;
};

}  // namespace posix
