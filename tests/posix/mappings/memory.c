// How much memory mapped files take, and who sees what at once.
#include "tests/posix/mappings/cases.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

// A row of /proc/meminfo, in KiB; -1: there is none.
static long memory_row(char const* name)
{
    FILE* const rows = fopen("/proc/meminfo", "r");
    char line[80];
    long value = -1;
    while (rows != NULL && value < 0 && fgets(line, sizeof line, rows) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            value = strtol(line + strlen(name), NULL, 10);
    if (rows != NULL)
        fclose(rows);
    return value;
}

static bool is_as_before(long cached, long before)
{
    enum { tolerance = 64 };  // KiB, of directories and inodes that were looked at meanwhile
    return labs(cached - before) <= tolerance;
}

bool a_mapped_file_is_in_memory_once(void)
{
    enum { pages = 256, size = pages * page_bytes };
    static char bytes[size];
    int const file = make_pages("file", pages);
    CHECK(file >= 0 && fsync(file) == 0);
    long const cached = memory_row("Cached:");
    long const mapped = memory_row("Mapped:");
    CHECK(cached >= size / 1024 && mapped >= 0);

    char* const shown = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    CHECK(shown != MAP_FAILED && pread(file, bytes, size, 0) == size);
    CHECK(memcmp(shown, bytes, size) == 0);
    CHECK(memory_row("Mapped:") == mapped + size / 1024);
    CHECK(is_as_before(memory_row("Cached:"), cached));

    memset(shown, 's', size);
    CHECK(pread(file, bytes, size, 0) == size && memcmp(shown, bytes, size) == 0);
    memset(bytes, 'w', size / 2);
    CHECK(pwrite(file, bytes, size / 2, 0) == size / 2 && memcmp(shown, bytes, size) == 0);
    CHECK(msync(shown, size, MS_SYNC) == 0);
    CHECK(memory_row("Mapped:") == mapped + size / 1024);
    CHECK(is_as_before(memory_row("Cached:"), cached));

    CHECK(munmap(shown, size) == 0 && close(file) == 0);
    CHECK(memory_row("Mapped:") == mapped);
    CHECK(is_as_before(memory_row("Cached:"), cached));
    return true;
}

static bool read_and_write_elsewhere(void)
{
    int const file = open("file", O_RDWR);
    char bytes[7] = "";
    CHECK(pread(file, bytes, 6, 100) == 6 && strcmp(bytes, "stored") == 0);
    CHECK(pwrite(file, "changed", 7, page_bytes - 3) == 7);
    return true;
}

bool others_read_and_write_at_once(void)
{
    int const file = make_pages("file", 2);
    char* const shared = mmap(NULL, 2 * page_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    char* const own = mmap(NULL, 2 * page_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    CHECK(shared != MAP_FAILED && own != MAP_FAILED && shared[page_bytes] != 'x');
    memcpy(shared + 100, "stored", 6);
    CHECK(passes_in_child(read_and_write_elsewhere));
    CHECK(memcmp(shared + page_bytes - 3, "changed", 7) == 0);
    CHECK(memcmp(own + page_bytes - 3, "changed", 7) == 0);  // not touched before
    own[page_bytes - 3] = 'o';
    CHECK(shared[page_bytes - 3] == 'c');
    return true;
}
