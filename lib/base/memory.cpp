// The functions that compilers call on their own. For programs without a C library: the kernel.
#include <cstddef>
#include <cstdint>

namespace {

using Word = std::uint64_t;

bool are_aligned(void const* a, void const* b)
{
    return ((reinterpret_cast<std::uintptr_t>(a) | reinterpret_cast<std::uintptr_t>(b)) & 7) == 0;
}

using AliasedWord [[gnu::may_alias]] = Word;

}  // namespace

extern "C" void* memcpy(void* target, void const* source, std::size_t bytes)
{
    auto* to = static_cast<unsigned char*>(target);
    auto const* from = static_cast<unsigned char const*>(source);
    if (are_aligned(to, from)) {
        auto* to_word = reinterpret_cast<AliasedWord*>(to);
        auto const* from_word = reinterpret_cast<AliasedWord const*>(from);
        for (; bytes >= 128; bytes -= 128, to_word += 16, from_word += 16) {
#pragma GCC unroll 16
            for (int i = 0; i < 16; i++)
                to_word[i] = from_word[i];
        }
        for (; bytes >= 8; bytes -= 8)
            *to_word++ = *from_word++;
        to = reinterpret_cast<unsigned char*>(to_word);
        from = reinterpret_cast<unsigned char const*>(from_word);
    }
    for (; bytes != 0; bytes--)
        *to++ = *from++;
    return target;
}

extern "C" void* memmove(void* target, void const* source, std::size_t bytes)
{
    auto* to = static_cast<unsigned char*>(target);
    auto const* from = static_cast<unsigned char const*>(source);
    if (to <= from || to >= from + bytes)
        return memcpy(target, source, bytes);
    while (bytes-- != 0)
        to[bytes] = from[bytes];
    return target;
}

extern "C" void* memset(void* target, int value, std::size_t bytes)
{
    auto* to = static_cast<unsigned char*>(target);
    for (; bytes != 0 && !are_aligned(to, to); bytes--)
        *to++ = static_cast<unsigned char>(value);
    Word const pattern = static_cast<unsigned char>(value) * 0x0101010101010101u;
    auto* word = reinterpret_cast<AliasedWord*>(to);
    for (; bytes >= 64; bytes -= 64, word += 8) {
#pragma GCC unroll 8
        for (int i = 0; i < 8; i++)
            word[i] = pattern;
    }
    for (; bytes >= 8; bytes -= 8)
        *word++ = pattern;
    to = reinterpret_cast<unsigned char*>(word);
    for (; bytes != 0; bytes--)
        *to++ = static_cast<unsigned char>(value);
    return target;
}

extern "C" int memcmp(void const* left, void const* right, std::size_t bytes)
{
    auto const* a = static_cast<unsigned char const*>(left);
    auto const* b = static_cast<unsigned char const*>(right);
    for (; bytes != 0; bytes--, a++, b++)
        if (*a != *b)
            return *a < *b ? -1 : 1;
    return 0;
}

extern "C" void* memchr(void const* text, int value, std::size_t bytes)
{
    auto const* at = static_cast<unsigned char const*>(text);
    for (; bytes != 0; bytes--, at++)
        if (*at == static_cast<unsigned char>(value))
            return const_cast<unsigned char*>(at);
    return nullptr;
}

extern "C" std::size_t strlen(char const* text)
{
    std::size_t length = 0;
    while (text[length] != 0)
        length++;
    return length;
}
