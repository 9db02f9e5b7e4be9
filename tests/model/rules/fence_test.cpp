// Which harts are told to forget which translations.
#include "kernel/mm/user_memory.hpp"
#include "tests/model/machine/firmware.hpp"
#include "tests/model/rules/pair.hpp"

using namespace model;
using kernel::page_size;

namespace {

using Fences = std::vector<FirmwareLog::Fence>;

// A process with a thread on the first hart of two, and with pages that have all been written to.
struct Mapped {
    static constexpr std::uint64_t pages = 100;

    Mapped()
    {
        world.new_thread(process, 5);
        touch();
    }
    ~Mapped() { check_invariants(); }

    void run_on_second_hart(Process& another)
    {
        world.new_thread(another, 5);
        world.take_interrupts();
        ASSERT_EQ(world.current(0)->process, &process);
        ASSERT_EQ(world.current(1)->process, &another);
    }
    void touch()
    {
        for (std::uint64_t i = 0; i < pages; i++) {
            std::uint64_t const word = i;
            EXPECT_TRUE(kernel::write_user(process.space, address + i * page_size,
                                           std::as_bytes(std::span{&word, 1})));
        }
    }
    Fences unmap(std::uint64_t first, std::uint64_t count)
    {
        FirmwareLog const log;
        EXPECT_TRUE(
            world.run(process, kernel::syscall::unmap, {0, address + first * page_size, count}));
        return log.fences;
    }
    Fences protect(std::uint64_t first, std::uint64_t count)
    {
        FirmwareLog const log;
        EXPECT_TRUE(world.run(process, kernel::syscall::protect,
                              {0, address + first * page_size, count, kernel::Access::read}));
        return log.fences;
    }
    // That of the second hart for pages of the process.
    FirmwareLog::Fence fence(std::uint64_t first, std::uint64_t count) const
    {
        using kernel::arch::Satp;
        std::uint64_t const asid = (process.space.satp() & Satp::asid_mask) >> Satp::asid_shift;
        return {1, address + first * page_size, count * page_size, asid};
    }

    World world{2};
    Process& process = world.new_process(1 << 20);
    Process& other = world.new_process();
    HandleValue memory =
        static_cast<HandleValue>(*world.run(process, kernel::syscall::memory_create, {0, pages}));
    std::uint64_t address = *world.run(process, kernel::syscall::map, {0, memory, 0, 0, pages, 3});
};

}  // namespace

TEST(fence, goes_to_the_other_hart_for_what_is_unmapped)
{
    Mapped m;
    m.run_on_second_hart(m.process);
    EXPECT_EQ(m.unmap(10, 7), (Fences{m.fence(10, 7)}));
    EXPECT_EQ(m.unmap(0, 1), (Fences{m.fence(0, 1)}));
}

TEST(fence, goes_to_the_other_hart_for_what_is_protected)
{
    Mapped m;
    m.run_on_second_hart(m.process);
    EXPECT_EQ(m.protect(20, 30), (Fences{m.fence(20, 30)}));
    EXPECT_EQ(m.protect(20, 30), Fences{});  // not touched since
}

// It is done in parts.
TEST(fence, covers_a_long_range_without_gap_or_overlap)
{
    Mapped m;
    m.run_on_second_hart(m.process);
    FirmwareLog::Fence covered = m.fence(0, 0);
    for (FirmwareLog::Fence const& part : m.unmap(0, Mapped::pages)) {
        EXPECT_EQ(part, (FirmwareLog::Fence{1, covered.address + covered.bytes, part.bytes,
                                            covered.asid}));
        covered.bytes += part.bytes;
    }
    EXPECT_EQ(covered, m.fence(0, Mapped::pages));
}

TEST(fence, does_not_go_to_a_hart_that_runs_other_processes_only)
{
    Mapped m;
    m.run_on_second_hart(m.other);
    EXPECT_EQ(m.protect(0, 5), Fences{});
    EXPECT_EQ(m.unmap(0, 20), Fences{});
}

// It may still hold translations.
TEST(fence, goes_to_a_hart_that_ran_the_process_before)
{
    Mapped m;
    m.run_on_second_hart(m.process);
    m.world.call(m.world.hart(1), abi::Syscall::thread_exit, {});
    m.run_on_second_hart(m.other);
    EXPECT_EQ(m.unmap(3, 2), (Fences{m.fence(3, 2)}));
}
