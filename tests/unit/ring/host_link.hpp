// A link between threads of one process: what a notification is between processes.
#pragma once
#include "lib/ring/link.hpp"
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

class HostNotification {
public:
    void signal()
    {
        std::lock_guard const hold{mutex_};
        pending_ = true;
        ++signals_;
        changed_.notify_all();
    }

    // Waits for so many seconds at most: a lost wake-up is not waited for.
    Result<> wait()
    {
        std::unique_lock hold{mutex_};
        ++waits_;
        if (!changed_.wait_for(hold, std::chrono::seconds{20}, [this] { return pending_; }))
            return fail(Status::timed_out);
        pending_ = false;
        return {};
    }

    std::uint64_t signals() const { return signals_; }
    std::uint64_t waits() const { return waits_; }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool pending_ = false;
    std::atomic<std::uint64_t> signals_ = 0;
    std::atomic<std::uint64_t> waits_ = 0;
};

class HostLink {
public:
    HostLink(HostNotification& own, HostNotification& peer) : own_{&own}, peer_{&peer} {}

    Result<> wake_peer()
    {
        peer_->signal();
        return {};
    }
    Result<> wait(ring::Ticks) { return own_->wait(); }

private:
    HostNotification* own_;
    HostNotification* peer_;
};
static_assert(ring::Link<HostLink>);
