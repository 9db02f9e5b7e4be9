#include "check.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { block_count = 500, large = 8 << 20, page = 4096 };

static bool is_filled(unsigned char const* bytes, size_t size, unsigned char value)
{
    for (size_t i = 0; i < size; ++i)
        if (bytes[i] != value)
            return false;
    return true;
}

static bool blocks_keep_their_content(void)
{
    static unsigned char* blocks[block_count];
    for (size_t i = 0; i < block_count; ++i) {
        blocks[i] = malloc(i * 7 + 1);
        CHECK(blocks[i] != NULL);
        memset(blocks[i], (int)(i & 0xff), i * 7 + 1);
    }
    for (size_t i = 0; i < block_count; ++i) {
        CHECK(is_filled(blocks[i], i * 7 + 1, (unsigned char)(i & 0xff)));
        free(blocks[i]);
    }
    return true;
}

static bool a_large_block_grows(void)
{
    unsigned char* bytes = malloc(large);
    CHECK(bytes != NULL);
    memset(bytes, 0x5a, large);
    bytes = realloc(bytes, 2 * large);
    CHECK(bytes != NULL && is_filled(bytes, large, 0x5a));
    free(bytes);
    return true;
}

static bool pages_change_their_protection(void)
{
    unsigned char* pages = mmap(NULL, 4 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(pages != MAP_FAILED);
    CHECK(mprotect(pages + page, 2 * page, PROT_READ | PROT_WRITE) == 0);
    memset(pages + page, 1, 2 * page);
    CHECK(mprotect(pages, page, PROT_READ | PROT_WRITE | PROT_EXEC) != 0);
    CHECK(munmap(pages + 2 * page, page) == 0);
    CHECK(is_filled(pages + page, page, 1));
    CHECK(munmap(pages, 4 * page) == 0);
    return true;
}

static bool what_is_not_there_is_refused(void)
{
    CHECK(malloc((size_t)1 << 40) == NULL);
    CHECK(mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
    return true;
}

enum { area = 240, longest = 150 };

// What a function made of an area, and what a loop over bytes makes of the same one.
static unsigned char made[area], expected[area];

static void number_bytes(unsigned char* bytes)
{
    for (size_t i = 0; i < area; ++i)
        bytes[i] = (unsigned char)(i + 1);
}

static bool bytes_move(size_t to, size_t from, size_t count)
{
    number_bytes(made);
    number_bytes(expected);
    for (size_t i = 0; i < count; ++i)
        expected[to + i] = (unsigned char)(from + i + 1);
    CHECK(memmove(made + to, made + from, count) == made + to);
    CHECK(memcmp(made, expected, area) == 0);
    return true;
}

static bool bytes_are_copied_and_set(size_t to, size_t from, size_t count)
{
    unsigned char source[area];
    number_bytes(source);
    memcpy(made, expected, area);
    for (size_t i = 0; i < count; ++i)
        expected[to + i] = source[from + i];
    CHECK(memcpy(made + to, source + from, count) == made + to);
    CHECK(memcmp(made, expected, area) == 0);
    for (size_t i = 0; i < count; ++i)
        expected[to + i] = (unsigned char)count;
    CHECK(memset(made + to, (int)(count | 0x300), count) == made + to);
    CHECK(memcmp(made, expected, area) == 0);
    return true;
}

static bool bytes_go_from_anywhere_to_anywhere(void)
{
    for (size_t count = 0; count < longest; count += count < 20 ? 1 : 13)
        for (size_t to = 0; to < 24; ++to)
            for (size_t from = 0; from < 24; ++from)
                if (!bytes_move(to, from, count) || !bytes_are_copied_and_set(to, from, count))
                    return false;
    return true;
}

bool memory_works(void)
{
    return bytes_go_from_anywhere_to_anywhere() && blocks_keep_their_content() &&
           a_large_block_grows() && pages_change_their_protection() &&
           what_is_not_there_is_refused();
}
