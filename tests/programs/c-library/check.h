// c-library: checks of what programs use of the C library, in groups. Each prints one line.
#pragma once
#define _GNU_SOURCE  // shows the names that are not in the C standard
#include <stdbool.h>
#include <stdio.h>

// Ends the group with a message that says what was not true.
#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            printf("%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);                       \
            return false;                                                                          \
        }                                                                                          \
    } while (0)

bool memory_works(void);
bool threads_work(void);
bool clocks_work(void);
bool files_work(void);
bool directories_work(void);
