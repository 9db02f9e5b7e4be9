// The counters of the two ends of a ring, and who has to be woken.
#pragma once
#include "lib/ring/control.hpp"
#include <atomic>
#include <utility>

namespace ring {

// What both ends have: their own counter, which the other process cannot reach. Move-only: an end
// that had two owners would be two ends.
class End {
public:
    // `position`: the items that have gone through the ring already.
    explicit End(View const& view, std::uint32_t position = 0)
        : control_{view.control}, capacity_{view.capacity}, position_{position}
    {
    }
    End(End&& other) noexcept
        : control_{std::exchange(other.control_, nullptr)}, capacity_{other.capacity_},
          position_{other.position_}
    {
    }
    End& operator=(End&&) = delete;

    std::uint32_t capacity() const { return capacity_; }  // items
    std::uint32_t position() const { return position_; }  // of the next item, modulo 2^32

protected:
    // Whether who waits at the other end wants to be woken; it will be, so it is asked only once.
    static bool take_flag(std::uint32_t& flag);

    Control* control_;
    std::uint32_t capacity_;
    std::uint32_t position_;
};

class ProducerEnd : public End {
public:
    using End::End;

    // How many items can be put in now. Errors: corrupt - the consumer's counter cannot be
    Result<std::uint32_t> room() const;
    // The next `count` items, at most room(), are written: the consumer may have them. True: wake
    // it.
    bool publish(std::uint32_t count);

    // Tells the consumer that this end is going to wait. False: there is room now, so it must not.
    Result<bool> begin_wait();
    void end_wait()
    {
        std::atomic_ref{control_->producer_waits}.store(0, std::memory_order_relaxed);
    }
};

class ConsumerEnd : public End {
public:
    explicit ConsumerEnd(View const& view, std::uint32_t position = 0)
        : End{view, position}, seen_{position}
    {
    }

    // How many items can be taken now. Errors: corrupt - the producer's counter cannot be
    Result<std::uint32_t> available();
    // The next `count` items, at most available(), are read: their places may be written again.
    // True: wake the producer. It is left alone until half of the ring is free, so that it is not
    // woken for each place.
    bool release(std::uint32_t count);

    // Tells the producer that this end is going to wait. False: there are items, so it must not.
    Result<bool> begin_wait();
    void end_wait()
    {
        std::atomic_ref{control_->consumer_waits}.store(0, std::memory_order_relaxed);
    }

private:
    std::uint32_t seen_;  // `produced` when it was last believed; never ahead of it
};

}  // namespace ring
