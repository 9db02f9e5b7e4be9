// ring-test: two processes pass a million items through a ring and count their system calls; then
// one of them dies. Prints a line for each round.
#include "lib/ring/consumer.hpp"
#include "lib/ring/notifications.hpp"
#include "lib/ring/producer.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/environment.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/memory.hpp"
#include "lib/sys/run.hpp"
#include "tests/kernel/child.hpp"

namespace {

using namespace test;

constexpr std::uint64_t item_count = 1'000'000;
constexpr std::uint64_t ring_pages = 8;
constexpr std::uint32_t many_looks = 1'000'000;

struct Item {
    std::uint64_t number;
    std::uint64_t check;
};

// Notifications, and how often the kernel was entered for them.
class CountedLink {
public:
    CountedLink(sys::Notification own, sys::Notification peer, std::size_t first_word)
        : link_{std::move(own), std::move(peer)}, waits_{&shared().word[first_word]},
          signals_{&shared().word[first_word + 1]}
    {
    }
    Result<> wake_peer()
    {
        ++*signals_;
        return link_.wake_peer();
    }
    Result<> wait(ring::Ticks deadline)
    {
        ++*waits_;
        return link_.wait(deadline);
    }

private:
    ring::Notifications link_;
    std::atomic<std::uint64_t>* waits_;
    std::atomic<std::uint64_t>* signals_;
};
constexpr std::size_t consumer_counts = 0;
constexpr std::size_t producer_counts = 2;

// What each end is given; the child finds it as given(1) to given(3).
struct Ends {
    sys::Memory memory = must(sys::Memory::create(ring_pages));
    Handle items = must(sys::notification_create());
    Handle room = must(sys::notification_create());
};

sys::Notification copy(HandleValue handle, sys::Rights rights)
{
    return sys::Notification{must(sys::duplicate(handle, rights))};
}

CountedLink link(HandleValue own, HandleValue peer, std::size_t first_word)
{
    return {copy(own, sys::rights(abi::Right::wait)), copy(peer, sys::rights(abi::Right::signal)),
            first_word};
}

// In the child: takes all items, each of which must be the next one.
void consume(std::uint64_t looks)
{
    sys::Memory const memory{must(sys::duplicate(given(1)))};
    auto const mapping = must(memory.map());
    auto consumer = must(ring::Consumer<Item, CountedLink>::create(
        mapping.bytes(), link(given(2), given(3), consumer_counts),
        static_cast<std::uint32_t>(looks)));
    std::array<Item, 16> items;
    for (std::uint64_t next = 0; next < item_count;) {
        std::size_t const count = must(consumer.take(items, after(patience_ms())));
        for (Item const& item : std::span{items}.first(count)) {
            expect_equal(item.number, next);
            expect_equal(item.check, ~next);
            ++next;
        }
    }
}

void die_after_a_while(std::uint64_t)
{
    sys::Memory const memory{must(sys::duplicate(given(1)))};
    auto const mapping = must(memory.map());
    auto consumer = must(ring::Consumer<Item, CountedLink>::create(
        mapping.bytes(), link(given(2), given(3), consumer_counts)));
    std::array<Item, 16> items;
    for (int i = 0; i < 100; ++i)
        (void)must(consumer.take(items, after(patience_ms())));
    sys::exit(0);
}

void start(Child& child, Ends const& ends, Entry entry, std::uint64_t argument)
{
    child.give(ends.memory.handle());
    child.give(ends.items.value());
    child.give(ends.room.value());
    child.start(entry, argument);
}

ring::Producer<Item, CountedLink> make_producer(sys::Mapping const& mapping, Ends const& ends,
                                                std::uint32_t looks)
{
    return must(ring::Producer<Item, CountedLink>::create(
        mapping.bytes(), link(ends.room.value(), ends.items.value(), producer_counts), looks));
}

void exchange(std::string_view name, std::uint32_t looks)
{
    for (auto& word : shared().word)
        word = 0;
    Ends const ends;
    auto const mapping = must(ends.memory.map());
    auto producer = make_producer(mapping, ends, looks);
    Child child;
    start(child, ends, consume, looks);
    abi::Ticks const begin = sys::now();
    for (std::uint64_t next = 0; next < item_count; ++next)
        must(producer.put({next, ~next}, after(patience_ms())));
    auto const end = child.wait_for_end();
    expect(end.reason == abi::EndReason::exited && end.exit_code == 0);

    auto const& word = shared().word;
    sys::log(name, ": ", item_count, " items in ", (sys::now() - begin) / milliseconds(1), " ms, ",
             word[0] + word[1] + word[2] + word[3], " system calls: consumer ", word[0].load(),
             " waits ", word[1].load(), " signals, producer ", word[2].load(), " waits ",
             word[3].load(), " signals");
}

// The memory stays, the items stay; nobody takes them, and that is what the deadline is for.
void lose_the_consumer()
{
    Ends const ends;
    auto const mapping = must(ends.memory.map());
    auto producer = make_producer(mapping, ends, 0);
    Child child;
    start(child, ends, die_after_a_while, 0);
    Result<> put;
    for (std::uint64_t next = 0; put && next < item_count; ++next)
        put = producer.put({next, ~next}, after(300));
    refused(put, Status::timed_out);
    expect(child.wait_for_end().reason == abi::EndReason::exited);
    sys::log("death: the producer noticed");
}

Result<> run_all(sys::Environment& environment)
{
    auto const power = TRY(environment.take("power"));
    HandleValue const log = TRY(environment.take("log")).release();
    prepare_children(log);
    exchange("sleeping", 0);
    if (TRY(sys::kernel_info(log)).hart_count > 1)  // on one hart nobody comes while one looks
        exchange("looking", many_looks);
    lose_the_consumer();
    return sys::power(power.value(), abi::PowerAction::off);
}

}  // namespace

int main(int count, char** arguments) { return sys::run(run_all, count, arguments); }
