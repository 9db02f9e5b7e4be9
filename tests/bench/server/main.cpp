// bench-server: what the benchmarks call: a raw endpoint that answers each message with itself, and
// the same through generated stubs.
#include "generated/tests/bench/bench.hpp"
#include "lib/sys/pool.hpp"
#include "lib/sys/run.hpp"
#include "libc/sys/worker_thread.hpp"
#include <array>

namespace {

class BenchServer : public Bench::Server {
    Result<> nothing() override { return {}; }

    Result<> copy(sys::LeaseIn data) override
    {
        TRY(data.read(0, page_));
        return {};
    }

    std::array<std::byte, abi::page_size> page_;
};

// A worker's entry: no stub, nothing but the answer.
[[noreturn]] void echo(std::uint64_t, std::uint64_t header, std::uint64_t label,
                       std::uint64_t word0, std::uint64_t word1, std::uint64_t word2,
                       std::uint64_t word3)
{
    sys::reply(Status::ok, {header, label, {word0, word1, word2, word3}});
}

Result<> publish_echo(sys::Environment& environment)
{
    auto const entry = reinterpret_cast<std::uint64_t>(&echo);
    auto pool = TRY(sys::pool_create(entry, sys::start_info().priority));
    TRY(sys::create_worker_thread(pool.value()));
    auto endpoint = TRY(sys::endpoint_create(pool.value(), 0));
    TRY(environment.publish("raw", std::move(endpoint)));
    pool.release();  // for as long as the program runs
    return {};
}

Result<> serve(sys::Environment& environment)
{
    TRY(publish_echo(environment));
    BenchServer server;
    return environment.serve("stub", server);
}

}  // namespace

int main() { return sys::run(serve); }
