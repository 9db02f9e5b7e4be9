// donation-client FILE READS: reads FILE, which is then in the cache, READS times, 4 KiB at a time,
// and logs what that cost and how long one read took. Then it powers the machine off.
#include "generated/interfaces/file.hpp"
#include "lib/sys/environment.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/syscalls.hpp"
#include "tests/donation/client/books.hpp"
#include "tests/donation/power_off.hpp"
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

namespace {

constexpr std::uint64_t read_bytes = 4096;
constexpr std::uint64_t quantum_us = 10'000;  // as the kernel sets it

// The time from the end of each read to the end of the next, sorted: whatever made the client wait
// is in one of them.
using Latencies = std::vector<sys::Ticks>;

class Reader {
public:
    static Result<Reader> create(File file)
    {
        std::uint64_t const blocks = TRY(file.attributes()).size / read_bytes;
        if (blocks == 0)
            return fail(Status::bad_argument);
        return Reader{std::move(file), blocks};
    }

    // In few calls: each may have to wait.
    Result<> fill_cache() const
    {
        static std::array<std::byte, 256 * 1024> buffer;
        for (std::uint64_t offset = 0; offset < blocks_ * read_bytes;)
            offset += TRY(file_.read(offset, buffer));
        return {};
    }

    Result<Latencies> measure(std::size_t count) const
    {
        Latencies latencies(count);
        sys::Ticks last = sys::now();
        for (std::size_t i = 0; i < count; ++i) {
            TRY(read(i % blocks_));
            sys::Ticks const now = sys::now();
            latencies[i] = now - std::exchange(last, now);
        }
        std::ranges::sort(latencies);
        return latencies;
    }

private:
    Reader(File file, std::uint64_t blocks) : file_{std::move(file)}, blocks_{blocks} {}

    Result<> read(std::uint64_t block) const
    {
        std::array<std::byte, read_bytes> buffer;
        auto const count = TRY(file_.read(block * read_bytes, buffer));
        return count == read_bytes ? Result<>{} : fail(Status::corrupt);
    }

    File file_;
    std::uint64_t blocks_;
};

void report(Latencies const& latencies, Cost const& cost)
{
    auto const is_slow = [](sys::Ticks ticks) { return to_microseconds(ticks) > quantum_us / 2; };
    auto const slow = std::ranges::count_if(latencies, is_slow);
    auto const median_ns =
        latencies[latencies.size() / 2] * (1'000'000'000 / sys::start_info().timebase_hz);
    sys::log("DONATION reads ", latencies.size(), " elapsed_us ", cost.elapsed_us, " own_us ",
             cost.own_us, " lent_us ", cost.lent_us, " idle_us ", cost.idle_us, " quanta_waited ",
             cost.quanta_waited);
    sys::log("DONATION slow_reads ", slow, " median_ns ", median_ns, " longest_us ",
             to_microseconds(latencies.back()));
}

Result<std::size_t> number(std::string_view text)
{
    std::size_t value = 0;
    auto const end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || value == 0)
        return fail(Status::bad_argument);
    return value;
}

Result<> measure(sys::Environment& environment)
{
    auto const arguments = environment.arguments();
    if (arguments.size() != 2)
        return fail(Status::bad_argument);
    auto const root = TRY(environment.connect<Directory>("root"));
    auto const loader = TRY(environment.connect<Loader>("loader"));
    auto file = TRY(root.open(arguments[0], OpenMode::existing));
    auto const reader = TRY(Reader::create(std::move(file)));
    std::size_t const count = TRY(number(arguments[1]));

    TRY(reader.fill_cache());
    auto const begin = TRY(Moment::now(loader));
    auto const latencies = TRY(reader.measure(count));
    auto const end = TRY(Moment::now(loader));
    report(latencies, Cost::between(begin, end));
    return {};
}

}  // namespace

int main(int argument_count, char** arguments)
{
    return run_and_power_off(measure, argument_count, arguments);
}
