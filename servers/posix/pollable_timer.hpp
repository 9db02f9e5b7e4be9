// PollableTimer: timerfd_create(), a timer whose expirations are read.
#pragma once
#include "generated/interfaces/posix.hpp"
#include "servers/posix/periodic_timer.hpp"
#include "servers/posix/stream_file.hpp"
#include "servers/posix/waiting_transfers.hpp"
#include "servers/posix/watchers.hpp"
#include <memory>

namespace posix {

class PollableTimer final : public StreamFile<TimerFile::Server>,
                            public Interruptible,
                            private PeriodicTimer {
public:
    // Errors: no_memory, no_handles
    static Result<TimerFile> create(Service& service, std::uint32_t clock);

    Result<std::uint32_t> read_next(sys::LeaseOut buffer, std::int32_t waiter) override;
    Result<std::uint32_t> write_next(sys::LeaseIn data, std::int32_t waiter) override;
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification,
                               std::uint64_t bits) override;
    Result<Timer> arm(TimerSetting const& setting) override;
    Result<Timer> remaining() override;
    Result<std::uint32_t> clock() override { return clock_; }
    void interrupt(ProcessNumber waiter) override;
    void closed() override { delete this; }

private:
    PollableTimer(Service& posix, std::uint32_t clock)
        : StreamFile{posix, Kind::other, Access::read_write}, PeriodicTimer{posix}, clock_{clock}
    {
        service().interruptibles.add(*this);
    }
    ~PollableTimer() { service().interruptibles.remove(*this); }
    friend std::default_delete<PollableTimer>;

    Result<std::uint32_t> try_read(sys::LeaseOut const& buffer);
    void expired(std::uint64_t times) override;

    std::uint32_t const clock_;
    std::uint64_t expirations_ = 0;  // that nobody has read
    WaitingReads reads_;
    Watchers watchers_;
};

}  // namespace posix
