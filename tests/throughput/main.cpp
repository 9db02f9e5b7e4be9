// throughput: what clients get done on two harts, beside what they do on one of them. Prints a line
// "THROUGHPUT name on-one on-two" for each kind of work, in rounds a second.
//
// All are measured in turn, several times, and the best of each counts: whatever else the host does
// only takes away. What loops without calls get says how much of two harts there was to have.
#include "lib/sys/environment.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/run.hpp"
#include "tests/kernel/test.hpp"
#include "tests/throughput/clients.hpp"

namespace {

using throughput::Clients;
using throughput::Work;

constexpr unsigned times = 5;

struct Row {
    Work work;
    std::string_view name;
    std::array<std::uint64_t, 2> best{};  // on one hart, on two
};

void measure(Row& row)
{
    for (std::size_t harts : {1, 2})
        row.best[harts - 1] = std::max(row.best[harts - 1], Clients{row.work, harts}.best_rate());
}

void measure_all()
{
    Row rows[] = {{Work::loops, "loops"}, {Work::pairs, "pairs"}, {Work::clients, "clients"}};
    for (unsigned i = 0; i < times; i++)
        for (Row& row : rows)
            measure(row);
    for (Row const& row : rows)
        sys::log("THROUGHPUT ", row.name, " ", row.best[0], " ", row.best[1]);
}

Result<> run_all(sys::Environment& environment)
{
    auto const power = TRY(environment.take("power"));
    test::prepare_children(TRY(environment.take("log")).release());
    measure_all();
    return sys::power(power.value(), abi::PowerAction::off);
}

}  // namespace

int main(int count, char** arguments) { return sys::run(run_all, count, arguments); }
