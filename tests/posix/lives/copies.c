// fork() as the textbook's figures and exercises have it.
#include "tests/posix/lives/cases.h"
#include <stdint.h>

static int ends[2];

// Figure 3.5: the parent is told the child's number, the child a 0; who comes first is open.
bool fork_returns_in_both(void)
{
    char text[64], expected[2][64];
    CHECK(pipe(ends) == 0);
    pid_t const parent = getpid();
    pid_t const child = fork();
    if (child == 0) {
        dprintf(ends[1], "child %d of %d\n", (int)getpid(), (int)getppid());
        _exit(0);
    }
    CHECK(child > 0 && child != parent && getpid() == parent);
    dprintf(ends[1], "parent of %d\n", (int)child);
    close(ends[1]);
    read_to_end(ends[0], text, sizeof text);
    snprintf(expected[0], 64, "parent of %d\nchild %d of %d\n", (int)child, (int)child,
             (int)parent);
    snprintf(expected[1], 64, "child %d of %d\nparent of %d\n", (int)child, (int)parent,
             (int)child);
    CHECK(strcmp(text, expected[0]) == 0 || strcmp(text, expected[1]) == 0);
    return ended_well(child);
}

static int set_before = 1;
static int zero_before;

struct variables {
    int *constant, *zero, *heap, *stack;
};

static bool have_value(struct variables all, int value)
{
    return *all.constant == value && *all.zero == value && *all.heap == value &&
           *all.stack == value;
}

static void set(struct variables all, int value)
{
    *all.constant = *all.zero = *all.heap = *all.stack = value;
}

// Both have what was there before, and neither sees what the other makes of it.
bool nothing_of_a_copy_is_shared(void)
{
    int on_stack;
    struct variables const all = {&set_before, &zero_before, malloc(sizeof(int)), &on_stack};
    char byte;
    int back[2];
    CHECK(pipe(ends) == 0 && pipe(back) == 0);
    set(all, 2);
    pid_t const child = fork();
    if (child == 0) {
        bool const is_copy = have_value(all, 2);
        set(all, 3);
        bool const told = write(back[1], "3", 1) == 1 && read(ends[0], &byte, 1) == 1;
        _exit(!(is_copy && told && have_value(all, 3)));
    }
    CHECK(read(back[0], &byte, 1) == 1 && have_value(all, 2));
    set(all, 4);
    CHECK(write(ends[1], "4", 1) == 1 && ended_well(child) && have_value(all, 4));
    free(all.heap);
    return true;
}

// A pipe has ended when the last of all copies of its end is closed.
bool open_files_are_shared_until_the_last_closes(void)
{
    char byte;
    int gate[2];
    CHECK(pipe(ends) == 0 && pipe(gate) == 0);
    pid_t const child = fork();
    if (child == 0) {
        close(gate[1]);
        _exit(read(gate[0], &byte, 1) != 0 || write(ends[1], "c", 1) != 1);
    }
    CHECK(close(ends[1]) == 0 && close(gate[1]) == 0);
    CHECK(read(ends[0], &byte, 1) == 1 && byte == 'c');
    CHECK(ended_well(child) && read(ends[0], &byte, 1) == 0);
    return true;
}

static void exercise_nine(void)
{
    int child = fork();
    int x = 5;
    if (child == 0) {
        x += 5;
    } else {
        child = fork();
        x += 10;
        if (child)
            x += 5;
    }
    dprintf(ends[1], "%d\n", x);
}

// Three copies, which end as 10, 15 and 20, in any order.
bool x_has_three_values(void)
{
    char text[64];
    int copies = 0, seen = 0;
    CHECK(pipe(ends) == 0);
    pid_t const first = fork();
    if (first == 0) {
        exercise_nine();
        _exit(0);
    }
    close(ends[1]);
    read_to_end(ends[0], text, sizeof text);
    for (char* line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"), ++copies)
        seen |= strcmp(line, "10") == 0   ? 1
                : strcmp(line, "15") == 0 ? 2
                : strcmp(line, "20") == 0 ? 4
                                          : 8;
    CHECK(copies == 3 && seen == 7);
    return ended_well(first);
}

static int exercise_ten(bool child_prints)
{
    int val = 5;
    if (fork())
        wait(&val);
    else if (!child_prints)
        _exit(val);
    val++;
    dprintf(ends[1], "%d\n", val);
    return val;
}

static char const* printed_by(bool child_prints, int* status)
{
    static char text[64];
    REQUIRE(pipe(ends) == 0);
    pid_t const program = fork();
    if (program == 0)
        _exit(exercise_ten(child_prints));
    close(ends[1]);
    read_to_end(ends[0], text, sizeof text);
    close(ends[0]);
    *status = status_of(program);
    return text;
}

// What wait() stores has the child's result in its second byte: 6 * 256, and one more.
bool a_child_that_prints_and_one_that_does_not(void)
{
    int status;
    CHECK(strcmp(printed_by(true, &status), "6\n1537\n") == 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == (1537 & 255));
    CHECK(strcmp(printed_by(false, &status), "1281\n") == 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == (1281 & 255));
    return true;
}
