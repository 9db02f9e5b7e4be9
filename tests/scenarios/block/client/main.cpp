// block-client: checks a disk driver from the outside, logs "passed" and powers the machine off.
#include "lib/sys/clock.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/memory.hpp"
#include "lib/sys/run.hpp"
#include "tests/scenarios/block/client/region.hpp"
#include <memory>
#include <pthread.h>
#include <vector>

namespace {

constexpr std::size_t thread_count = 4;
constexpr std::uint64_t page_count = thread_count * Region::buffer_pages;
constexpr unsigned rounds_a_thread = 60;

Result<> expect(Result<> const& result, Status wanted)
{
    if (to_status(result) == wanted)
        return {};
    sys::log("expected \"", to_string(wanted), "\", got \"", to_string(to_status(result)), "\"");
    return fail(Status::corrupt);
}

Result<> check_refusals(BlockDevice const& disk, Geometry const& geometry)
{
    std::vector<std::uint32_t> pages(65, 0);
    std::span all{pages};
    TRY(expect(disk.read({0, {}}), Status::bad_argument));
    TRY(expect(disk.read({geometry.block_count, all.first(1)}), Status::out_of_range));
    TRY(expect(disk.write({geometry.block_count - 1, all.first(64)}), Status::out_of_range));
    pages[0] = page_count;
    TRY(expect(disk.read({0, all.first(1)}), Status::bad_argument));
    return {};
}

struct Worker {
    std::unique_ptr<Region> region;
    pthread_t thread{};
    Status status = Status::ok;
};

void* work(void* argument)
{
    auto& worker = *static_cast<Worker*>(argument);
    worker.status = to_status(worker.region->check(rounds_a_thread));
    return nullptr;
}

// Each thread has its part of the disk and of the buffer, so they disturb each other only in the
// driver.
Result<> check_together(std::span<Worker> workers)
{
    for (Worker& worker : workers)
        if (pthread_create(&worker.thread, nullptr, work, &worker) != 0)
            return fail(Status::no_memory);
    for (Worker& worker : workers) {
        pthread_join(worker.thread, nullptr);
        TRY(to_result(worker.status));
    }
    return {};
}

// How long 64 pages one after the other take.
Result<> measure(BlockDevice const& disk)
{
    std::vector<std::uint32_t> pages(64);
    for (std::uint32_t i = 0; i < pages.size(); ++i)
        pages[i] = i;
    constexpr unsigned repeats = 32;
    auto start = sys::now();
    for (unsigned i = 0; i < repeats; ++i)
        TRY(disk.read({0, pages}));
    auto nanoseconds =
        (sys::now() - start) * (1'000'000'000 / sys::start_info().timebase_hz) / repeats;
    sys::log("256 KiB in ", nanoseconds / 1000, " us");
    return {};
}

Result<> check_disk(sys::Environment& environment)
{
    auto disk = TRY(environment.connect<BlockDevice>("disk"));
    auto geometry = TRY(disk.geometry());
    std::vector<std::uint32_t> first_page{0};
    TRY(expect(disk.read({0, first_page}), Status::bad_argument));  // nothing is attached

    auto memory = TRY(sys::Memory::create(page_count));
    auto mapping = TRY(memory.map());
    Memory lent{TRY(sys::duplicate(memory.handle()))};
    TRY(disk.attach(std::move(lent)));
    TRY(check_refusals(disk, geometry));

    std::vector<Worker> workers(thread_count);
    for (std::uint32_t i = 0; i < thread_count; ++i)
        workers[i].region = std::make_unique<Region>(disk, geometry, mapping.bytes(), i);
    TRY(workers[0].region->check(rounds_a_thread));
    TRY(check_together(workers));
    return measure(disk);
}

Result<> check_and_power_off(sys::Environment& environment)
{
    auto root = TRY(environment.take("power"));
    auto checked = check_disk(environment);
    if (checked)
        sys::log("passed");
    else
        sys::log("failed: ", to_string(checked.error()));
    return sys::power(root.value(), checked ? abi::PowerAction::off : abi::PowerAction::fail);
}

}  // namespace

int main(int argument_count, char** arguments)
{
    return sys::run(check_and_power_off, argument_count, arguments);
}
