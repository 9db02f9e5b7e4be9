// checksum FILE: prints the CRC-32 (as zlib computes it) and the size of a file.
#include "tests/programs/crc32.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static unsigned char buffer[64 * 1024];

static int fail(char const* path)
{
    fprintf(stderr, "checksum: %s: %s\n", path, strerror(errno));
    return 1;
}

int main(int argument_count, char** arguments)
{
    if (argument_count != 2) {
        fprintf(stderr, "usage: checksum FILE\n");
        return 2;
    }
    char const* path = arguments[1];
    int file = open(path, O_RDONLY);
    if (file < 0)
        return fail(path);

    uint32_t checksum = 0;
    unsigned long long size = 0;
    for (;;) {
        ssize_t count = read(file, buffer, sizeof buffer);
        if (count < 0)
            return fail(path);
        if (count == 0)
            break;
        checksum = crc32(checksum, buffer, (size_t)count);
        size += (unsigned long long)count;
    }
    printf("%08x %llu\n", checksum, size);
    return 0;
}
