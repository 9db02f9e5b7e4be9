#include "servers/posix/random_numbers.hpp"
#include <algorithm>
#include <bit>
#include <cstring>

namespace posix {
namespace {

void quarter_round(std::uint32_t& a, std::uint32_t& b, std::uint32_t& c, std::uint32_t& d)
{
    a += b, d = std::rotl(d ^ a, 16);
    c += d, b = std::rotl(b ^ c, 12);
    a += b, d = std::rotl(d ^ a, 8);
    c += d, b = std::rotl(b ^ c, 7);
}

}  // namespace

ChaChaState chacha_block(ChaChaState const& input)
{
    ChaChaState x = input;
    constexpr int double_rounds = 10;
    for (int i = 0; i < double_rounds; ++i) {
        for (std::size_t n = 0; n < 4; ++n)
            quarter_round(x[n], x[4 + n], x[8 + n], x[12 + n]);
        for (std::size_t n = 0; n < 4; ++n)
            quarter_round(x[n], x[4 + (n + 1) % 4], x[8 + (n + 2) % 4], x[12 + (n + 3) % 4]);
    }
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] += input[i];
    return x;
}

void RandomNumbers::seed(std::span<std::byte const, seed_bytes> seed)
{
    std::memcpy(key_.data(), seed.data(), seed.size());
    is_seeded_ = true;
}

// The first half of the first block is the next key.
void RandomNumbers::fill(std::span<std::byte> bytes)
{
    ChaChaState input{0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    std::ranges::copy(key_, input.begin() + 4);
    auto block = chacha_block(input);
    std::copy_n(block.begin(), key_.size(), key_.begin());
    std::size_t used = key_.size() * sizeof(std::uint32_t);
    while (!bytes.empty()) {
        if (used == sizeof block) {
            ++input[12];
            block = chacha_block(input);
            used = 0;
        }
        auto const count = std::min(bytes.size(), sizeof block - used);
        std::memcpy(bytes.data(), reinterpret_cast<std::byte const*>(block.data()) + used, count);
        bytes = bytes.subspan(count);
        used += count;
    }
}

}  // namespace posix
