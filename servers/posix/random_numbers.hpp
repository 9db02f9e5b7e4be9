// Random bytes from a seed, by the ChaCha20 block function (RFC 8439, 2.3). Each answer's key is
// forgotten at once, so what was given out stays secret if the server's memory is ever seen.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace posix {

using ChaChaState = std::array<std::uint32_t, 16>;

ChaChaState chacha_block(ChaChaState const& input);

class RandomNumbers {
public:
    static constexpr std::size_t seed_bytes = 32;

    void seed(std::span<std::byte const, seed_bytes> seed);
    bool is_seeded() const { return is_seeded_; }

    // At most 256 bytes.
    void fill(std::span<std::byte> bytes);

private:
    std::array<std::uint32_t, 8> key_{};
    bool is_seeded_ = false;
};

}  // namespace posix
