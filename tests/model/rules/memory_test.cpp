// Where mappings are put, and what they cost.
#include "kernel/mm/user_memory.hpp"
#include "tests/model/rules/pair.hpp"

using namespace model;

namespace {

constexpr std::uint64_t pages = 16;

// Maps the memory wherever there is room, and writes to it.
std::uint64_t map_and_touch(World& world, Process& process, HandleValue memory)
{
    auto const address = world.run(process, kernel::syscall::map, {0, memory, 0, 0, pages, 3});
    EXPECT_TRUE(address);
    std::uint64_t const word = 1;
    EXPECT_TRUE(kernel::write_user(process.space, *address, std::as_bytes(std::span{&word, 1})));
    return *address;
}

}  // namespace

// One is always there when the next one comes, so none gets the place of the one before.
TEST(memory, that_comes_and_goes_does_not_need_ever_new_page_tables)
{
    World world;
    Process& process = world.new_process();
    auto const memory =
        static_cast<HandleValue>(*world.run(process, kernel::syscall::memory_create, {0, pages}));
    std::uint64_t before = map_and_touch(world, process, memory);
    std::uint64_t const used = process.used_bytes;
    constexpr std::uint64_t most_tables = 10;  // for 16 MiB, and what may be used beside them
    for (int i = 0; i < 2000; i++) {
        std::uint64_t const next = map_and_touch(world, process, memory);
        ASSERT_TRUE(world.run(process, kernel::syscall::unmap, {0, before, pages}));
        before = next;
        ASSERT_LE(process.used_bytes, used + most_tables * kernel::page_size) << "after " << i;
    }
}
