// Consumer: the end of a ring that items are taken out of.
#pragma once
#include "lib/ring/end.hpp"
#include "lib/ring/link.hpp"
#include "lib/ring/slots.hpp"

namespace ring {

// One thread at a time uses it. The memory outlives it. A producer that has died wakes nobody:
// whoever cannot wait for ever gives a deadline.
template <Item T, Link L>
class [[nodiscard]] Consumer {
public:
    // As for Producer::create.
    static Result<Consumer> create(std::span<std::byte> memory, L link, std::uint32_t looks = 0)
    {
        View const view = TRY(View::over(memory, sizeof(T)));
        return Consumer{view, std::move(link), looks};
    }

    std::uint32_t capacity() const { return end_.capacity(); }  // items

    // Takes as many as there are and fit; the result is how many. They are the receiver's own
    // copies, and no more to be trusted than who sent them. Errors: corrupt - the producer breaks
    // the rules; those of waking it
    Result<std::size_t> try_take(std::span<T> items)
    {
        std::uint32_t const available = TRY(end_.available());
        std::size_t const count = std::min<std::size_t>(items.size(), available);
        if (count == 0)
            return 0;
        for (std::size_t i = 0; i < count; ++i)
            items[i] = slots_.read(end_.position() + static_cast<std::uint32_t>(i));
        if (end_.release(static_cast<std::uint32_t>(count)))
            TRY(link_.wake_peer());
        return count;
    }

    // Waits for at least one. Errors: also those of waiting
    Result<std::size_t> take(std::span<T> items, Ticks deadline = abi::never)
    {
        for (;;) {
            std::size_t const count = TRY(try_take(items));
            if (count != 0 || items.empty())
                return count;
            TRY(wait_for_items(deadline));
        }
    }

    // Returns when there are items. Errors: corrupt; those of the link, timed_out among them
    Result<> wait_for_items(Ticks deadline = abi::never)
    {
        for (std::uint32_t look = 0; look < looks_; ++look)
            if (std::uint32_t const items = TRY(end_.available()); items != 0)
                return {};
        while (TRY(ask_for_items())) {
            auto const woken = link_.wait(deadline);
            end_.end_wait();
            if (!woken)
                return woken;
        }
        return {};
    }

    // For who sleeps elsewhere, a server in its pool for example: true if the producer will wake
    // this end when there are items, false if there are some already. Errors: corrupt
    Result<bool> ask_for_items() { return end_.begin_wait(); }

private:
    Consumer(View const& view, L link, std::uint32_t looks)
        : end_{view}, slots_{view}, link_{std::move(link)}, looks_{looks}
    {
    }

    ConsumerEnd end_;
    Slots<T> slots_;
    L link_;
    std::uint32_t looks_;
};

}  // namespace ring
