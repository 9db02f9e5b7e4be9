#include "tests/unit/codec/sample_server.hpp"
#include <sstream>

namespace {

template <class T>
std::string word(T value)
{
    if constexpr (std::is_enum_v<T>)
        return std::to_string(std::to_underlying(value));
    else
        return std::to_string(value);
}

std::string word(std::string_view value) { return "'" + std::string{value} + "'"; }

std::string word(codec::Bytes value)
{
    std::string result = "<";
    for (auto byte : value)
        result += std::to_string(std::to_integer<unsigned>(byte)) + ".";
    return result + ">";
}

std::string word(Leaf const& leaf) { return word(leaf.number) + word(leaf.name); }
std::string word(Empty const&) { return "{}"; }

template <class List>
std::string list(List const& values)
{
    std::string result = "[";
    for (auto const& value : values)
        result += word(value) + " ";
    return result + "]";
}

std::string word(Tree::View const& tree)
{
    std::string result = word(tree.name) + "(";
    for (auto const& branch : tree.branches)
        result += word(branch);
    return result + ")";
}

std::string word(Scalars const& s)
{
    std::ostringstream text;
    text << s.flag << s.set << ' ' << int{s.tiny} << ' ' << unsigned{s.byte} << ' ' << s.short_
         << ' ' << s.port << ' ' << s.signed_ << ' ' << s.count << ' ' << s.large << ' ' << s.size
         << ' ' << s.ratio << ' ' << s.exact << ' ' << word(s.color);
    return text.str();
}

}  // namespace

std::string to_string(Everything::View const& value)
{
    return word(value.scalars) + word(value.text) + word(value.data) + list(value.bits) +
           list(value.bytes) + list(value.shorts) + list(value.ints) + list(value.longs) +
           list(value.doubles) + list(value.colors) + list(value.texts) + list(value.blobs) +
           list(value.leaves) + word(value.leaf) + word(value.tree) + list(value.empties);
}

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

Result<std::uint64_t> SampleServer::later(std::uint64_t value)
{
    waiting.emplace(TRY(sys::take_reply<Sample::LaterCall>()));
    if (value == 0)
        waiting->send(42);
    return fail(sys::later);
}

Everything full_value()
{
    static constexpr std::byte data[] = {std::byte{1}, std::byte{2}, std::byte{255}};
    static constexpr bool bits[] = {true, false, true, true, false, false, false, true, true};
    static constexpr std::uint8_t bytes[] = {9, 8, 7};
    static constexpr std::int16_t shorts[] = {-1, 2, -32768, 4, 5};
    static constexpr std::uint32_t ints[] = {1, 0xffffffff, 3};
    static constexpr std::uint64_t longs[] = {~0ull, 1};
    static constexpr double doubles[] = {1.5, -2.25};
    static constexpr Color colors[] = {Color::blue, Color::red};
    static constexpr std::string_view texts[] = {"one", "", "three"};
    static constexpr codec::Bytes blobs[] = {data, {}};
    static constexpr Leaf leaves[] = {{.number = 1, .name = "a"}, {}};
    static constexpr Tree twigs[] = {{.name = "twig"}, {.name = "leaf"}};
    static constexpr Tree branches[] = {{.name = "branch", .branches = twigs}};
    static constexpr Empty empties[] = {{}, {}, {}};
    return {
        .scalars = {.flag = true,
                    .set = false,
                    .tiny = 5,
                    .byte = 200,
                    .short_ = 1234,
                    .port = 8080,
                    .signed_ = -7,
                    .count = 1,
                    .large = 1,
                    .size = ~0ull,
                    .ratio = 2.5F,
                    .exact = 0.0625,
                    .color = Color::dark_green},
        .text = "text",
        .data = data,
        .bits = bits,
        .bytes = bytes,
        .shorts = shorts,
        .ints = ints,
        .longs = longs,
        .doubles = doubles,
        .colors = colors,
        .texts = texts,
        .blobs = blobs,
        .leaves = leaves,
        .leaf = {.number = 99, .name = "only"},
        .tree = {.name = "root", .branches = branches},
        .empties = empties,
    };
}
