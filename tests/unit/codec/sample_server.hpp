// A server of sample.capnp that does what the methods' names say.
#pragma once
#include "generated/tests/unit/codec/sample.hpp"
#include "tests/unit/codec/full_value.hpp"
#include "tests/unit/codec/loopback.hpp"
#include "tests/unit/codec/to_string.hpp"
#include <numeric>
#include <string>

class CounterServer final : public Counter::Server {
public:
    explicit CounterServer(std::uint64_t total) : total_{total} {}
    void restart(std::uint64_t total) { total_ = total; }

    Result<std::uint64_t> add(std::uint64_t amount) override
    {
        if (amount > 1000)
            return fail(Status::out_of_range);
        return total_ += amount;
    }

private:
    std::uint64_t total_;
};

class SampleServer : public Extended::Server {
public:
    explicit SampleServer(Loopback& kernel) : kernel_{kernel} {}

    Result<> nothing() override { return {}; }
    Result<std::int32_t> add(std::int32_t left, std::int32_t right) override;
    Result<Scalars> scalars(Scalars const& scalars) override { return scalars; }
    Result<std::string_view> join(std::string_view left, std::string_view right) override;
    Result<Sample::SumResults> sum(codec::List<std::uint64_t> values) override;
    Result<std::string_view> describe(Everything::View const& everything) override;
    Result<Everything> sample(std::uint32_t seed) override;
    Result<Counter> make(std::uint64_t start) override;
    Result<std::uint64_t> combine(Counter first, Counter second) override;
    Result<Tools> tools(Tools::View tools) override;
    Result<std::uint64_t> fill(std::uint8_t seed, sys::LeaseOut buffer) override;
    Result<std::uint64_t> digest(sys::LeaseIn data, std::string_view name) override;
    Result<> move(sys::LeaseIn source, sys::LeaseOut target) override;
    Result<std::uint64_t> later(std::uint64_t value) override;
    Result<std::string_view> relay(std::string_view text) override;
    Result<std::uint64_t> more(std::uint64_t value) override { return value + 1; }

    Status next_add = Status::ok;  // how `add` answers once
    std::optional<sys::Reply<Sample::LaterCall>> waiting;

private:
    Loopback& kernel_;
    CounterServer counter_{0};
    std::string text_;
};
