// Producer: the end of a ring that items are put into.
#pragma once
#include "lib/ring/end.hpp"
#include "lib/ring/link.hpp"
#include "lib/ring/slots.hpp"

namespace ring {

// One thread at a time uses it. The memory outlives it. A consumer that has died, or does not want
// to, takes nothing: whoever cannot wait for ever gives a deadline.
template <Item T, Link L>
class [[nodiscard]] Producer {
public:
    // `memory` was zero when the ring was made, and the consumer has all of it, too. `looks`: how
    // often wait_for_room() looks before it sleeps, worth it if the consumer has a hart of its own.
    // Errors: bad_argument - see View::over
    static Result<Producer> create(std::span<std::byte> memory, L link, std::uint32_t looks = 0)
    {
        View const view = TRY(View::over(memory, sizeof(T)));
        return Producer{view, std::move(link), looks};
    }

    std::uint32_t capacity() const { return end_.capacity(); }  // items

    // Puts in as many as there is room for, from the first one on; the result is how many.
    // Errors: corrupt - the consumer breaks the rules; those of waking it
    Result<std::size_t> try_put(std::span<T const> items)
    {
        std::uint32_t const room = TRY(end_.room());
        std::size_t const count = std::min<std::size_t>(items.size(), room);
        if (count == 0)
            return 0;
        for (std::size_t i = 0; i < count; ++i)
            slots_.write(end_.position() + static_cast<std::uint32_t>(i), items[i]);
        if (end_.publish(static_cast<std::uint32_t>(count)))
            TRY(link_.wake_peer());
        return count;
    }

    // Puts in all of them. Errors: also those of waiting; some may be in then
    Result<> put(std::span<T const> items, Ticks deadline = abi::never)
    {
        while (!items.empty()) {
            std::size_t const count = TRY(try_put(items));
            items = items.subspan(count);
            if (!items.empty())
                TRY(wait_for_room(deadline));
        }
        return {};
    }
    Result<> put(T const& item, Ticks deadline = abi::never)
    {
        return put(std::span{&item, 1}, deadline);
    }

    // Returns when there is room. Errors: corrupt; those of the link, timed_out among them
    Result<> wait_for_room(Ticks deadline = abi::never)
    {
        for (std::uint32_t look = 0; look < looks_; ++look)
            if (std::uint32_t const room = TRY(end_.room()); room != 0)
                return {};
        while (TRY(ask_for_room())) {
            auto const woken = link_.wait(deadline);
            end_.end_wait();
            if (!woken)
                return woken;
        }
        return {};
    }

    // For who sleeps elsewhere: true if the consumer will wake this end when there is room, false
    // if there is some already. Errors: corrupt
    Result<bool> ask_for_room() { return end_.begin_wait(); }

private:
    Producer(View const& view, L link, std::uint32_t looks)
        : end_{view}, slots_{view}, link_{std::move(link)}, looks_{looks}
    {
    }

    ProducerEnd end_;
    Slots<T> slots_;
    L link_;
    std::uint32_t looks_;
};

}  // namespace ring
