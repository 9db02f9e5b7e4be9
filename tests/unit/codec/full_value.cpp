#include "tests/unit/codec/full_value.hpp"

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
