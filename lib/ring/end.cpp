#include "lib/ring/end.hpp"

namespace ring {

bool End::take_flag(std::uint32_t& flag)
{
    // Pairs with the fence in begin_wait(): the counter goes before the flag is looked at.
    std::atomic_thread_fence(std::memory_order_seq_cst);
    std::atomic_ref const waits{flag};
    return waits.load(std::memory_order_relaxed) != 0 &&
           waits.exchange(0, std::memory_order_relaxed) != 0;
}

Result<std::uint32_t> ProducerEnd::room() const
{
    // Acquire: pairs with release(): the consumer is done with the places.
    std::uint32_t const consumed =
        std::atomic_ref{control_->consumed}.load(std::memory_order_acquire);
    std::uint32_t const used = position_ - consumed;
    if (used > capacity_)
        return fail(Status::corrupt);
    return capacity_ - used;
}

bool ProducerEnd::publish(std::uint32_t count)
{
    position_ += count;
    // Release: pairs with available(): the items are written before they are counted.
    std::atomic_ref{control_->produced}.store(position_, std::memory_order_release);
    return take_flag(control_->consumer_waits);
}

Result<bool> ProducerEnd::begin_wait()
{
    std::atomic_ref{control_->producer_waits}.store(1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst);  // pairs with the one in take_flag()
    auto const free = room();
    bool const must_wait = free && *free == 0;
    if (!must_wait)
        end_wait();
    if (!free)
        return fail(free.error());
    return must_wait;
}

Result<std::uint32_t> ConsumerEnd::available()
{
    // Acquire: pairs with publish(): what is counted has been written.
    std::uint32_t const produced =
        std::atomic_ref{control_->produced}.load(std::memory_order_acquire);
    std::uint32_t const count = produced - position_;
    if (count > capacity_)
        return fail(Status::corrupt);
    seen_ = produced;
    return count;
}

bool ConsumerEnd::release(std::uint32_t count)
{
    position_ += count;
    // Release: pairs with room(): the items are read before their places are free.
    std::atomic_ref{control_->consumed}.store(position_, std::memory_order_release);
    bool const is_half_free = seen_ - position_ <= capacity_ / 2;
    return is_half_free && take_flag(control_->producer_waits);
}

Result<bool> ConsumerEnd::begin_wait()
{
    std::atomic_ref{control_->consumer_waits}.store(1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst);  // pairs with the one in take_flag()
    auto const items = available();
    bool const must_wait = items && *items == 0;
    if (!must_wait)
        end_wait();
    if (!items)
        return fail(items.error());
    return must_wait;
}

}  // namespace ring
