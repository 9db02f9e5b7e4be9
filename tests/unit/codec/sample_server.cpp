#include "tests/unit/codec/sample_server.hpp"

Result<std::int32_t> SampleServer::add(std::int32_t left, std::int32_t right)
{
    auto status = std::exchange(next_add, Status::ok);
    if (status != Status::ok)
        return fail(status);
    return left + right;
}

// Makes a call of its own before it uses its texts.
Result<std::string_view> SampleServer::join(std::string_view left, std::string_view right)
{
    Counter counter{kernel_.endpoint(counter_)};
    TRY(counter.add(1));
    if (right.empty())
        return left;
    text_ = std::string{left} + std::string{right};
    return text_;
}

Result<Sample::SumResults> SampleServer::sum(codec::List<std::uint64_t> values)
{
    return Sample::SumResults{.total =
                                  std::accumulate(values.begin(), values.end(), std::uint64_t{}),
                              .count = values.size()};
}

Result<std::string_view> SampleServer::describe(Everything::View const& everything)
{
    text_ = to_string(everything);
    return text_;
}

Result<Everything> SampleServer::sample(std::uint32_t seed)
{
    if (seed == 0)
        return Everything{};
    return full_value();
}

Result<Counter> SampleServer::make(std::uint64_t start)
{
    counter_.restart(start);
    return Counter{kernel_.endpoint(counter_)};
}

Result<std::uint64_t> SampleServer::combine(Counter first, Counter second)
{
    auto total = first ? TRY(first.add(0)) : 0;
    return total + (second ? TRY(second.add(0)) : 0);
}

Result<Tools> SampleServer::tools(Tools::View tools)
{
    text_ = std::string{tools.label} + "!";
    return Tools{
        .counter = std::move(tools.counter), .memory = std::move(tools.memory), .label = text_};
}

Result<std::uint64_t> SampleServer::fill(std::uint8_t seed, sys::LeaseOut buffer)
{
    std::uint64_t offset = 0;
    for (; offset < buffer.size(); ++offset) {
        std::byte const byte{static_cast<std::uint8_t>(seed + offset)};
        TRY(buffer.write(offset, {&byte, 1}));
    }
    return offset;
}

Result<std::uint64_t> SampleServer::digest(sys::LeaseIn data, std::string_view name)
{
    std::byte bytes[16];
    auto count = TRY(data.read(0, bytes));
    std::uint64_t sum = name.size();
    for (auto byte : std::span{bytes}.first(count))
        sum += std::to_integer<unsigned>(byte);
    return sum;
}

Result<> SampleServer::move(sys::LeaseIn source, sys::LeaseOut target)
{
    std::byte bytes[64];
    auto count = TRY(source.read(0, bytes));
    TRY(target.write(0, std::span{bytes}.first(count)));
    return {};
}

// What another server says is in this worker's message buffer.
Result<std::string_view> SampleServer::relay(std::string_view text)
{
    Sample other{kernel_.endpoint(*this)};
    return other.join(text, ", relayed");
}

Result<std::uint64_t> SampleServer::later(std::uint64_t value)
{
    waiting.emplace(TRY(sys::take_reply<Sample::LaterCall>()));
    if (value == 0)
        waiting->send(42);
    return fail(sys::later);
}
