// fill FILE BYTES: writes a file of numbers that no two blocks share, and prints its CRC-32.
//
// When the disk is full it says so, with the bytes that fitted, and ends with status 1.
#include "tests/programs/crc32.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned char buffer[64 * 1024];

static void next_content(void)
{
    static uint64_t state = 1;
    for (size_t i = 0; i < sizeof buffer; i += sizeof state) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        memcpy(buffer + i, &state, sizeof state);
    }
}

static int fail(char const* path, unsigned long long written)
{
    fprintf(stderr, "fill: %s: %s after %llu bytes\n", path, strerror(errno), written);
    return 1;
}

int main(int argument_count, char** arguments)
{
    if (argument_count != 3) {
        fprintf(stderr, "usage: fill FILE BYTES\n");
        return 2;
    }
    char const* path = arguments[1];
    unsigned long long const size = strtoull(arguments[2], NULL, 10);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file < 0)
        return fail(path, 0);

    uint32_t checksum = 0;
    for (unsigned long long written = 0; written < size;) {
        unsigned long long const left = size - written;
        size_t const wanted = left < sizeof buffer ? (size_t)left : sizeof buffer;
        next_content();
        for (size_t done = 0; done < wanted;) {
            ssize_t count = write(file, buffer + done, wanted - done);
            if (count <= 0)
                return fail(path, written + done);
            done += (size_t)count;
        }
        checksum = crc32(checksum, buffer, wanted);
        written += wanted;
    }
    if (close(file) != 0)
        return fail(path, size);
    printf("%08x %llu\n", checksum, size);
    return 0;
}
