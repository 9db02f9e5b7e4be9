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

bool memory_works(void)
{
    return blocks_keep_their_content() && a_large_block_grows() &&
           pages_change_their_protection() && what_is_not_there_is_refused();
}
