// memcpy, memmove and memset by words of eight bytes; musl's portable ones move four at a time.
// They come before musl's in the order in which programs are linked.
#include <cstddef>
#include <cstdint>

namespace {

using Byte = unsigned char;
using Word [[gnu::may_alias]] = std::uint64_t;

constexpr std::size_t word_bytes = sizeof(Word);
constexpr std::size_t words_together = 8;

std::size_t bytes_behind_word(void const* at)
{
    return reinterpret_cast<std::uintptr_t>(at) % word_bytes;
}

std::size_t bytes_to_word(void const* at)
{
    return -reinterpret_cast<std::uintptr_t>(at) % word_bytes;
}

[[gnu::always_inline]] inline void copy_bytes(Byte*& to, Byte const*& from, std::size_t count)
{
    for (Byte const* const end = from + count; from != end;)
        *to++ = *from++;
}

// Context: both are at words.
[[gnu::always_inline]] inline void copy_words(Byte*& to, Byte const*& from, std::size_t count)
{
    auto* target = reinterpret_cast<Word*>(to);
    auto const* source = reinterpret_cast<Word const*>(from);
    for (; count >= words_together; count -= words_together) {
#pragma GCC unroll 8
        for (std::size_t i = 0; i < words_together; ++i)
            target[i] = source[i];
        target += words_together;
        source += words_together;
    }
    for (; count != 0; --count)
        *target++ = *source++;
    to = reinterpret_cast<Byte*>(target);
    from = reinterpret_cast<Byte const*>(source);
}

// Each word of the target is made of parts of two of the source. Context: only `to` is at a word.
void copy_shifted(Byte*& to, Byte const*& from, std::size_t count)
{
    if (count == 0)
        return;
    std::size_t const behind = bytes_behind_word(from);
    auto const* source = reinterpret_cast<Word const*>(from - behind);
    auto* target = reinterpret_cast<Word*>(to);
    Word low = *source++;
    for (std::size_t left = count; left != 0; --left) {
        Word const high = *source++;
        *target++ = low >> (behind * 8) | high << ((word_bytes - behind) * 8);
        low = high;
    }
    to += count * word_bytes;
    from += count * word_bytes;
}

void copy_backwards(Byte* to, Byte const* from, std::size_t bytes)
{
    while (bytes != 0 && bytes_behind_word(to + bytes) != 0) {
        --bytes;
        to[bytes] = from[bytes];
    }
    for (; bytes >= word_bytes && bytes_behind_word(from + bytes) == 0; bytes -= word_bytes) {
        auto const* const source = reinterpret_cast<Word const*>(from + bytes) - 1;
        *(reinterpret_cast<Word*>(to + bytes) - 1) = *source;
    }
    while (bytes-- != 0)
        to[bytes] = from[bytes];
}

}  // namespace

// Also right where the target overlaps the source, but begins before it.
extern "C" void* memcpy(void* target, void const* source, std::size_t bytes)
{
    auto* to = static_cast<Byte*>(target);
    auto const* from = static_cast<Byte const*>(source);
    if (bytes >= word_bytes) {
        std::size_t const head = bytes_to_word(to);
        copy_bytes(to, from, head);
        std::size_t const words = (bytes - head) / word_bytes;
        bytes = (bytes - head) % word_bytes;
        if (bytes_behind_word(from) == 0)
            copy_words(to, from, words);
        else
            copy_shifted(to, from, words);
    }
    copy_bytes(to, from, bytes);
    return target;
}

extern "C" void* memmove(void* target, void const* source, std::size_t bytes)
{
    auto* const to = static_cast<Byte*>(target);
    auto const* const from = static_cast<Byte const*>(source);
    if (to <= from || to >= from + bytes)
        return memcpy(target, source, bytes);
    copy_backwards(to, from, bytes);
    return target;
}

extern "C" void* memset(void* target, int value, std::size_t bytes)
{
    auto* to = static_cast<Byte*>(target);
    auto const byte = static_cast<Byte>(value);
    Byte* const end = to + bytes;
    while (to != end && bytes_behind_word(to) != 0)
        *to++ = byte;
    Word const pattern = byte * Word{0x0101010101010101};
    for (; static_cast<std::size_t>(end - to) >= words_together * word_bytes;
         to += words_together * word_bytes) {
#pragma GCC unroll 8
        for (std::size_t i = 0; i < words_together; ++i)
            reinterpret_cast<Word*>(to)[i] = pattern;
    }
    for (; static_cast<std::size_t>(end - to) >= word_bytes; to += word_bytes)
        *reinterpret_cast<Word*>(to) = pattern;
    while (to != end)
        *to++ = byte;
    return target;
}
