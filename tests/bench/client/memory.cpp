#include "tests/bench/client/memory.hpp"
#include "lib/sys/memory.hpp"
#include "tests/bench/client/measure.hpp"

namespace bench {

namespace {

constexpr std::uint64_t page_count = 128;
constexpr auto read_write = sys::protect_read | sys::protect_write;

constexpr std::uint64_t paged_count = rounds * page_count;  // nobody takes these away again

void write_to_pages(sys::Mapping const& mapping, std::uint64_t first)
{
    for (std::uint64_t i = 0; i < page_count; ++i)
        *static_cast<std::byte volatile*>(mapping.data() + (first + i) * abi::page_size) =
            std::byte{1};
}

// Writes to each page, which is a fault each, after prepare(round) has made it one; it returns the
// first of the pages.
template <class Prepare>
Result<> measure_faults(std::string_view name, sys::Mapping const& mapping, Prepare const& prepare)
{
    abi::Ticks best = abi::never;
    for (unsigned round = 0; round < rounds; ++round) {
        std::uint64_t const first = TRY(prepare(round));
        auto const start = sys::now();
        write_to_pages(mapping, first);
        best = std::min(best, sys::now() - start);
    }
    print(name, best, page_count);
    return {};
}

Result<> measure_zero_faults(sys::Memory const& memory)
{
    return measure_faults("zero_fault", TRY(memory.map()), [&](unsigned) -> Result<std::uint64_t> {
        TRY(sys::memory_discard(memory.handle(), 0, page_count));
        return 0;
    });
}

Result<> measure_copy_faults(sys::Memory const& memory)
{
    sys::Handle clone;
    return measure_faults("copy_fault", TRY(memory.map()), [&](unsigned) -> Result<std::uint64_t> {
        clone = {};
        clone = TRY(sys::memory_clone(memory.handle(), 0, page_count));
        return 0;
    });
}

Result<> measure_pager_faults(sys::Memory const& paged)
{
    auto const mapping = TRY(sys::Mapping::create(
        {.memory = paged.handle(), .page_count = paged_count, .protection = read_write}));
    return measure_faults("pager_fault", mapping, [](unsigned round) -> Result<std::uint64_t> {
        return round * page_count;
    });
}

Result<> map_and_unmap(sys::Memory const& memory)
{
    auto const address =
        TRY(sys::map({.memory = memory.handle(), .page_count = 1, .protection = read_write}));
    return sys::unmap(sys::own_process, address, 1);
}

}  // namespace

Result<> measure_memory(Bench const& server)
{
    sys::Memory const paged{TRY(server.paged())};
    auto const memory = TRY(sys::Memory::create(page_count));
    TRY(measure("map_unmap", [&] { return map_and_unmap(memory); }));
    TRY(measure_zero_faults(memory));
    TRY(measure_copy_faults(memory));
    return measure_pager_faults(paged);
}

}  // namespace bench
