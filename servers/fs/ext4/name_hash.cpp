// Half MD4, TEA and the oldest hash, each for signed and for unsigned characters: the difference
// is an accident of the machines that the format was first used on.
#include "servers/fs/ext4/name_hash.hpp"
#include <algorithm>
#include <array>
#include <bit>

namespace ext4 {

namespace {

using State = std::array<std::uint32_t, 4>;

std::uint32_t value_of(char character, bool is_signed)
{
    return is_signed ? static_cast<std::uint32_t>(static_cast<signed char>(character))
                     : static_cast<unsigned char>(character);
}

// The next words of the name; what is missing is filled up with the length.
template <std::size_t count>
std::array<std::uint32_t, count> words_of(std::string_view rest, bool is_signed)
{
    auto const length = static_cast<std::uint32_t>(rest.size());
    std::uint32_t pad = length | length << 8;
    pad |= pad << 16;

    std::array<std::uint32_t, count> words;
    words.fill(pad);
    rest = rest.substr(0, count * 4);
    for (std::size_t i = 0; i < rest.size(); ++i) {
        std::uint32_t& word = words[i / 4];
        word = value_of(rest[i], is_signed) + (word << 8);
    }
    return words;
}

void half_md4(State& state, std::array<std::uint32_t, 8> const& in)
{
    auto [a, b, c, d] = state;
    auto const choose = [](std::uint32_t x, std::uint32_t y, std::uint32_t z) {
        return z ^ (x & (y ^ z));
    };
    auto const majority = [](std::uint32_t x, std::uint32_t y, std::uint32_t z) {
        return (x & y) + ((x ^ y) & z);
    };
    auto const parity = [](std::uint32_t x, std::uint32_t y, std::uint32_t z) { return x ^ y ^ z; };
    auto const round = [&](auto function, std::uint32_t constant, std::array<int, 8> order,
                           std::array<int, 4> turns) {
        for (std::size_t step = 0; step < 8; ++step) {
            std::uint32_t const sum =
                a + function(b, c, d) + in[static_cast<std::size_t>(order[step])] + constant;
            a = d;
            d = c;
            c = b;
            b = std::rotl(sum, turns[step % 4]);
        }
    };
    round(choose, 0, {0, 1, 2, 3, 4, 5, 6, 7}, {3, 7, 11, 19});
    round(majority, 0x5a827999, {1, 3, 5, 7, 0, 2, 4, 6}, {3, 5, 9, 13});
    round(parity, 0x6ed9eba1, {3, 7, 2, 6, 1, 5, 0, 4}, {3, 9, 11, 15});
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d};
}

void tea(State& state, std::array<std::uint32_t, 4> const& in)
{
    constexpr std::uint32_t delta = 0x9e3779b9;
    std::uint32_t sum = 0;
    std::uint32_t left = state[0];
    std::uint32_t right = state[1];
    for (int step = 0; step < 16; ++step) {
        sum += delta;
        left += ((right << 4) + in[0]) ^ (right + sum) ^ ((right >> 5) + in[1]);
        right += ((left << 4) + in[2]) ^ (left + sum) ^ ((left >> 5) + in[3]);
    }
    state[0] += left;
    state[1] += right;
}

std::uint32_t legacy(std::string_view name, bool is_signed)
{
    std::uint32_t hash = 0x12a3fe2d;
    std::uint32_t before = 0x37abe8f9;
    for (char character : name) {
        std::uint32_t next = before + (hash ^ (value_of(character, is_signed) * 7152373));
        if ((next & 0x80000000) != 0)
            next -= 0x7fffffff;
        before = hash;
        hash = next;
    }
    return hash << 1;
}

template <std::size_t count, class Mix>
State mixed(std::string_view name, bool is_signed, State state, Mix mix)
{
    for (std::string_view rest = name; !rest.empty();
         rest = rest.substr(std::min(rest.size(), count * 4)))
        mix(state, words_of<count>(rest, is_signed));
    return state;
}

}  // namespace

std::uint32_t hash_name(std::string_view name, HashVersion version,
                        std::span<std::uint32_t const, 4> seed)
{
    constexpr std::uint32_t end_marker = 0xfffffffe;
    State state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    if (std::ranges::any_of(seed, [](std::uint32_t word) { return word != 0; }))
        std::ranges::copy(seed, state.begin());

    bool const is_signed = version <= HashVersion::tea;
    std::uint32_t hash = 0;
    switch (version) {
    case HashVersion::legacy:
    case HashVersion::legacy_unsigned:
        hash = legacy(name, is_signed);
        break;
    case HashVersion::half_md4:
    case HashVersion::half_md4_unsigned:
        hash = mixed<8>(name, is_signed, state, half_md4)[1];
        break;
    case HashVersion::tea:
    case HashVersion::tea_unsigned:
        hash = mixed<4>(name, is_signed, state, tea)[0];
        break;
    }
    hash &= ~1u;
    return hash == end_marker ? end_marker - 2 : hash;
}

}  // namespace ext4
