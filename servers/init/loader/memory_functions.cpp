// What the compiler calls to copy, fill, compare and search memory; the loader has no C library.
#include <cstddef>

extern "C" {

void* memcpy(void* destination, void const* source, std::size_t bytes)
{
    auto* to = static_cast<unsigned char*>(destination);
    auto const* from = static_cast<unsigned char const*>(source);
    while (bytes-- != 0)
        *to++ = *from++;
    return destination;
}

void* memmove(void* destination, void const* source, std::size_t bytes)
{
    auto* to = static_cast<unsigned char*>(destination);
    auto const* from = static_cast<unsigned char const*>(source);
    if (to <= from)
        return memcpy(destination, source, bytes);
    while (bytes-- != 0)
        to[bytes] = from[bytes];
    return destination;
}

void* memset(void* destination, int value, std::size_t bytes)
{
    auto* to = static_cast<unsigned char*>(destination);
    while (bytes-- != 0)
        *to++ = static_cast<unsigned char>(value);
    return destination;
}

int memcmp(void const* left, void const* right, std::size_t bytes)
{
    auto const* a = static_cast<unsigned char const*>(left);
    auto const* b = static_cast<unsigned char const*>(right);
    for (; bytes != 0; --bytes, ++a, ++b)
        if (*a != *b)
            return *a - *b;
    return 0;
}
void const* memchr(void const* memory, int value, std::size_t bytes)
{
    auto const* byte = static_cast<unsigned char const*>(memory);
    for (; bytes != 0; --bytes, ++byte)
        if (*byte == static_cast<unsigned char>(value))
            return byte;
    return nullptr;
}
}
