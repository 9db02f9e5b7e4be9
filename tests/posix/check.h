// Programs of checks: each case is run by its name in a folder of its own, and prints "ok" or what
// was not true.
#pragma once
#define _GNU_SOURCE  // shows the names that are not in the C standard
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Ends the case with a message.
#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            printf("%s:%d: not true: %s (errno: %s)\n", __FILE__, __LINE__, #condition,            \
                   strerror(errno));                                                               \
            return false;                                                                          \
        }                                                                                          \
    } while (0)

// Outside the case itself: ends the process with a message.
#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            printf("%s:%d: not true: %s (errno: %s)\n", __FILE__, __LINE__, #condition,            \
                   strerror(errno));                                                               \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

// The call fails, and with that error.
#define CHECK_FAILS(call, error) CHECK((call) < 0 && errno == (error))

struct check_case {
    char const* name;
    bool (*run)(void);
};

// `folder` is made anew, and is the current directory of the case that the first argument names.
static inline int run_case(int count, char** arguments, char const* folder,
                           struct check_case const* cases, size_t case_count)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    umask(022);
    if (count < 2 || mkdir(folder, 0755) != 0 || chdir(folder) != 0)
        return 2;
    for (size_t i = 0; i < case_count; ++i)
        if (strcmp(cases[i].name, arguments[1]) == 0) {
            bool const is_well = cases[i].run();
            if (is_well)
                puts("ok");
            return !is_well;
        }
    puts("no such case");
    return 2;
}

#define RUN_CASE(count, arguments, folder, cases)                                                  \
    run_case(count, arguments, folder, cases, sizeof(cases) / sizeof *(cases))
