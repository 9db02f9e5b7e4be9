// posix-lives: checks of how processes begin and end.
#include "tests/posix/lives/cases.h"
#include <sys/sysinfo.h>

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(fork_returns_in_both),
    CASE(nothing_of_a_copy_is_shared),
    CASE(open_files_are_shared_until_the_last_closes),
    CASE(x_has_three_values),
    CASE(a_child_that_prints_and_one_that_does_not),
    CASE(who_has_ended_waits_for_its_parent),
    CASE(who_has_ended_has_no_memory),
    CASE(nobody_is_left_when_the_parent_ends),
    CASE(no_memory_for_a_copy),
};

int status_of(pid_t child)
{
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    return status;
}

void read_to_end(int file, char* text, size_t size)
{
    size_t done = 0;
    ssize_t count;
    while (done < size - 1 && (count = read(file, text + done, size - 1 - done)) > 0)
        done += (size_t)count;
    text[done] = 0;
}

unsigned long free_memory(void)
{
    struct sysinfo info;
    REQUIRE(sysinfo(&info) == 0);
    return info.freeram * info.mem_unit;
}

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/lives.tmp", cases); }
