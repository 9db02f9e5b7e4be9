// Children of a case that do a part of it.
#pragma once
#include "tests/posix/check.h"
#include <sys/types.h>
#include <sys/wait.h>

// A child that does `part` and ends with 0 if that went well.
static inline pid_t start_child(bool (*part)(void))
{
    fflush(stdout);
    pid_t const child = fork();
    if (child == 0) {
        bool const passed = part();
        fflush(stdout);
        _exit(!passed);
    }
    return child;
}

static inline bool ended_well(pid_t child)
{
    int status;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static inline bool passes_in_child(bool (*part)(void)) { return ended_well(start_child(part)); }
