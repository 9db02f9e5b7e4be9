// Which cache lines harts share while they make calls that have nothing to do with each other.
#include "tests/model/check/checker.hpp"
#include "tests/model/machine/memory.hpp"
#include "tests/model/reports/access.hpp"
#include "tests/model/world/world.hpp"
#include <gtest/gtest.h>
#include <map>

using namespace model;

namespace {

constexpr std::uint64_t line_bytes = 64;

// What harts have done to one line of the kernel's memory.
struct Line {
    std::string readers[2];  // a function of each hart that did
    std::string writers[2];
};
std::map<std::uint64_t, Line> lines;

bool is_kernels(std::uint64_t address)
{
    auto const object = reinterpret_cast<std::uint64_t>(&kernel::system);
    return (address >= object && address < object + sizeof kernel::system) ||
           (address >= arena_address && address < arena_address + most_frames * kernel::page_size);
}

void note(Access const& access)
{
    if (!machine.runs_kernel() || !is_kernels(access.address))
        return;
    std::uint64_t const last = (access.address + access.bytes - 1) / line_bytes;
    for (std::uint64_t at = access.address / line_bytes; at <= last; at++) {
        Line& line = lines[at];
        std::string& place = (access.writes ? line.writers : line.readers)[running_hart->index];
        if (place.empty())
            place = function_at(access.code);
    }
}

// How many lines one hart has written and the other one has touched; the first of them in words.
unsigned count_shared(std::string& example)
{
    unsigned count = 0;
    for (auto const& [number, line] : lines)
        for (unsigned writer : {0u, 1u}) {
            unsigned const other = 1 - writer;
            bool const shared = !line.writers[writer].empty() &&
                                (!line.writers[other].empty() || !line.readers[other].empty());
            if (!shared)
                continue;
            count++;
            example = line.writers[writer] + " on hart " + std::to_string(writer) + " writes, " +
                      (line.writers[other].empty() ? line.readers[other] : line.writers[other]) +
                      " on the other one touches the same line";
        }
    return count;
}

// Two clients, each on a hart of its own.
struct Harts {
    World world{2};

    Pool& new_server(unsigned workers)
    {
        Process& server = world.new_process();
        Pool& pool = world.new_pool(server, 5);
        for (unsigned i = 0; i < workers; i++)
            world.new_worker(pool);
        return pool;
    }
    HandleValue new_client(Pool& pool, HandleValue door)
    {
        Process& client = world.new_process();
        HandleValue const own = world.grant(*pool.process, door, client);
        world.new_thread(client, 5);
        world.take_interrupts();
        return own;
    }
    void round_trip(std::size_t index, HandleValue door, std::uint64_t words)
    {
        Hart& hart = world.hart(index);
        world.call(hart, abi::Syscall::call, {door, words});
        world.call(hart, abi::Syscall::reply, {0, words});
    }
    // Both harts make calls, after some that warm them up.
    void measure(HandleValue first, HandleValue second, std::uint64_t words)
    {
        for (int i = 0; i < 10; i++) {
            if (i == 4) {
                lines.clear();
                access_hook = note;
            }
            round_trip(0, first, words);
            round_trip(1, second, words);
        }
        access_hook = nullptr;
        ASSERT_GT(lines.size(), 10u) << "the kernel was not compiled with instrumentation";
    }
};

void expect_none_shared()
{
    std::string example;
    unsigned const shared = count_shared(example);
    EXPECT_EQ(shared, 0u) << example;
    std::printf("%zu lines touched, %u shared\n", lines.size(), shared);
}

}  // namespace

TEST(lines, pairs_on_different_harts_share_none)
{
    Harts harts;
    Pool& first = harts.new_server(1);
    Pool& second = harts.new_server(1);
    HandleValue const a = harts.new_client(first, harts.world.new_endpoint(first, 1));
    HandleValue const b = harts.new_client(second, harts.world.new_endpoint(second, 1));
    for (std::uint64_t const words : {0, 10, 64}) {
        harts.measure(a, b, words);
        expect_none_shared();
    }
}

TEST(lines, clients_of_one_server_share_none)
{
    Harts harts;
    Pool& pool = harts.new_server(2);
    HandleValue const door = harts.world.new_endpoint(pool, 1);
    HandleValue const a = harts.new_client(pool, door);
    HandleValue const b = harts.new_client(pool, door);
    for (std::uint64_t const words : {0, 10, 64}) {
        harts.measure(a, b, words);
        expect_none_shared();
    }
}

TEST(lines, are_seen_to_be_shared_where_calls_take_the_lock)
{
    Harts harts;
    Pool& first = harts.new_server(1);
    Pool& second = harts.new_server(1);
    HandleValue const a = harts.new_client(first, harts.world.new_endpoint(first, 1));
    HandleValue const b = harts.new_client(second, harts.world.new_endpoint(second, 1));
    constexpr std::uint64_t takes_a_handle = 1 << abi::MessageHeader::accepts_shift;
    harts.measure(a, b, takes_a_handle);
    std::string example;
    EXPECT_GT(count_shared(example), 0u);
}
