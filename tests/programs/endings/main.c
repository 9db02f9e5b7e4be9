// endings WAY: ends in one of the ways in which a program can end.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static volatile uint64_t deepest = UINT64_MAX;

static uint64_t recurse(uint64_t depth)
{
    volatile uint64_t room[64] = {depth};
    return depth == deepest ? 0 : recurse(room[0] + 1) + room[0];
}

static void take_all_memory(void)
{
    for (size_t bytes = 0;; bytes += 1 << 20) {
        char* memory = malloc(1 << 20);
        if (memory == NULL)
            exit(bytes == 0 ? 1 : 7);
        memset(memory, 1, 1 << 20);
    }
}

static void loop(void)
{
    puts("looping");
    fflush(stdout);
    for (volatile int forever = 1; forever;)
        continue;
}

static uintptr_t volatile nowhere = 8;

int main(int argument_count, char** arguments)
{
    char const* way = argument_count > 1 ? arguments[1] : "";
    if (strcmp(way, "exit") == 0)
        exit(atoi(arguments[2]));
    if (strcmp(way, "store") == 0)
        *(int volatile*)nowhere = 1;
    if (strcmp(way, "privileged") == 0)
        __asm__ volatile("csrr t0, sstatus");
    if (strcmp(way, "jump") == 0)
        ((void (*)(void))0xffffffff80000000)();
    if (strcmp(way, "recurse") == 0)
        return (int)recurse(0);
    if (strcmp(way, "memory") == 0)
        take_all_memory();
    if (strcmp(way, "loop") == 0)
        loop();
    if (strcmp(way, "abort") == 0)
        abort();
    puts("endings: exit N, store, privileged, jump, recurse, memory, loop or abort");
    return 2;
}
