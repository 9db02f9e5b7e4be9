// posix-becoming: checks of exec(): what the process keeps, what the new program finds as if it had
// just been started, and what is left when it fails.
//     posix-becoming CASE
//     posix-becoming --PART: what the program of a case does
#include "tests/posix/children.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/time.h>

static char const own_path[] = "/tests/posix-becoming";
static char* const few_variables[] = {"ONE=1", "EMPTY=", NULL};

static int said = 0;

static void handler(int signal) { said = signal; }

static sigset_t set_of(int signal)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    return set;
}

static void become(char const* part)
{
    execle(own_path, "name", part, "", "two words", (char*)NULL, few_variables);
}

// A child that becomes this program, doing `part`. `prepare` is done before. What it says goes to
// `output`.
static bool becomes(void (*prepare)(void), char const* part, char* output, size_t size)
{
    int ends[2];
    CHECK(pipe(ends) == 0);
    pid_t const child = fork();
    if (child == 0) {
        if (dup2(ends[1], STDOUT_FILENO) == STDOUT_FILENO && close(ends[1]) == 0)
            close(ends[0]);
        prepare();
        become(part);
        _exit(99);
    }
    CHECK(child > 0 && close(ends[1]) == 0);
    size_t done = 0;
    ssize_t count;
    while ((count = read(ends[0], output + done, size - 1 - done)) > 0)
        done += (size_t)count;
    output[done] = 0;
    CHECK(close(ends[0]) == 0);
    return ended_well(child);
}

static void tell_numbers(void)
{
    printf("%d %d %d %d\n", (int)getpid(), (int)getppid(), (int)getpgrp(), (int)getsid(0));
    fflush(stdout);
}

// The same process: nobody is made.
static bool the_process_stays_the_same(void)
{
    char text[256];
    CHECK(becomes(tell_numbers, "--numbers", text, sizeof text));
    char* const second = strchr(text, '\n') + 1;
    CHECK(second != (char*)1 && strlen(second) * 2 == strlen(text));
    CHECK(memcmp(text, second, strlen(second)) == 0);
    return true;
}

static int numbers_part(void)
{
    tell_numbers();
    return !(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
}

static void do_nothing(void) {}

static bool arguments_and_variables_are_those_given(void)
{
    char text[256];
    CHECK(becomes(do_nothing, "--strings", text, sizeof text));
    CHECK(strcmp(text, "name|--strings||two words|\nONE=1|EMPTY=|\n") == 0);
    return true;
}

static int strings_part(char** arguments)
{
    for (; *arguments != NULL; ++arguments)
        printf("%s|", *arguments);
    puts("");
    for (char** variable = environ; *variable != NULL; ++variable)
        printf("%s|", *variable);
    puts("");
    return 0;
}

enum { kept = 20, closed = 21, copied = 22 };

static void open_files(void)
{
    int const file = open("file", O_RDWR | O_CREAT, 0644);
    REQUIRE(file >= 0 && write(file, "0123456789", 10) == 10 && lseek(file, 3, SEEK_SET) == 3);
    REQUIRE(dup2(file, kept) == kept && dup3(file, closed, O_CLOEXEC) == closed);
    REQUIRE(fcntl(kept, F_DUPFD_CLOEXEC, copied) == copied && fcntl(copied, F_SETFD, 0) == 0);
    REQUIRE(chdir("folder") == 0 && close(file) == 0);
    umask(027);
}

// Open files with their positions, the directory, the mask of new files.
static bool what_is_open_stays_open(void)
{
    char text[64];
    CHECK(mkdir("folder", 0755) == 0 && becomes(open_files, "--files", text, sizeof text));
    CHECK(strcmp(text, "34 closed 5 /becoming.tmp/folder 27\n") == 0);
    int const file = open("file", O_RDONLY);
    CHECK(pread(file, text, 10, 0) == 10 && memcmp(text, "0123456789", 10) == 0);
    return true;
}

static int files_part(void)
{
    char two[3] = "", one[2] = "", folder[64];
    REQUIRE(read(kept, two, 2) == 2 && read(copied, one, 1) == 1);
    bool const is_closed = fcntl(closed, F_GETFD) < 0 && errno == EBADF;
    REQUIRE(getcwd(folder, sizeof folder) != NULL);
    printf("%s %s %s %s %o\n", two, is_closed ? "closed" : "open", one, folder, umask(0));
    return 0;
}

static void change_signals(void)
{
    sigset_t const blocked = set_of(SIGUSR2);
    static char stack[16384];
    stack_t const other = {.ss_sp = stack, .ss_size = sizeof stack};
    struct itimerval const later = {.it_value = {.tv_sec = 1000}};
    REQUIRE(signal(SIGUSR1, handler) != SIG_ERR && signal(SIGHUP, SIG_IGN) != SIG_ERR);
    REQUIRE(sigprocmask(SIG_BLOCK, &blocked, NULL) == 0 && raise(SIGUSR2) == 0);
    REQUIRE(sigaltstack(&other, NULL) == 0 && setitimer(ITIMER_REAL, &later, NULL) == 0);
}

// Handlers are gone with the program that they were in; what is ignored, blocked or on its way is
// so still.
static bool handlers_go_masks_and_timers_stay(void)
{
    char text[64];
    CHECK(becomes(change_signals, "--signals", text, sizeof text));
    CHECK(strcmp(text, "default ignored blocked pending own-stack timer\n") == 0);
    return true;
}

static int signals_part(void)
{
    struct sigaction one, hang_up;
    sigset_t blocked, pending;
    stack_t stack;
    struct itimerval timer;
    REQUIRE(sigaction(SIGUSR1, NULL, &one) == 0 && sigaction(SIGHUP, NULL, &hang_up) == 0);
    REQUIRE(sigprocmask(SIG_BLOCK, NULL, &blocked) == 0 && sigpending(&pending) == 0);
    REQUIRE(sigaltstack(NULL, &stack) == 0 && getitimer(ITIMER_REAL, &timer) == 0);
    printf("%s %s %s %s %s %s\n", one.sa_handler == SIG_DFL ? "default" : "handled",
           hang_up.sa_handler == SIG_IGN ? "ignored" : "not-ignored",
           sigismember(&blocked, SIGUSR2) ? "blocked" : "not-blocked",
           sigismember(&pending, SIGUSR2) ? "pending" : "not-pending",
           stack.ss_flags == SS_DISABLE ? "own-stack" : "other-stack",
           timer.it_value.tv_sec > 900 ? "timer" : "no-timer");
    return 0;
}

static int volatile changed = 1;

static void change_memory(void) { changed = 2; }

static bool memory_is_as_in_the_file(void)
{
    char text[16];
    CHECK(becomes(change_memory, "--memory", text, sizeof text) && strcmp(text, "1\n") == 0);
    return true;
}

static int memory_part(void) { return printf("%d\n", changed) < 0; }

// Whoever cannot become a program is what he was, handlers and open files included.
static bool a_failed_exec_changes_nothing(void)
{
    static char* const arguments[] = {"x", NULL};
    CHECK(signal(SIGUSR1, handler) == SIG_DFL);
    int file = open("no-program", O_WRONLY | O_CREAT, 0755);
    CHECK(file >= 0 && write(file, "no program", 10) == 10 && close(file) == 0);
    file = open("no-program", O_RDONLY | O_CLOEXEC);
    CHECK(file >= 0 && lseek(file, 4, SEEK_SET) == 4);
    CHECK_FAILS(execv("nothing", arguments), ENOENT);
    CHECK_FAILS(execv("/dev", arguments), EACCES);
    CHECK_FAILS(execv("no-program/x", arguments), ENOTDIR);
    CHECK_FAILS(execv("no-program", arguments), ENOEXEC);
    CHECK(fchmod(file, 0644) == 0);
    CHECK_FAILS(execv("no-program", arguments), EACCES);
    CHECK(lseek(file, 0, SEEK_CUR) == 4 && raise(SIGUSR1) == 0 && said == SIGUSR1);
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(the_process_stays_the_same), CASE(arguments_and_variables_are_those_given),
    CASE(what_is_open_stays_open),    CASE(handlers_go_masks_and_timers_stay),
    CASE(memory_is_as_in_the_file),   CASE(a_failed_exec_changes_nothing),
};

static int do_part(char const* part, char** arguments)
{
    if (strcmp(part, "--numbers") == 0)
        return numbers_part();
    if (strcmp(part, "--strings") == 0)
        return strings_part(arguments);
    if (strcmp(part, "--files") == 0)
        return files_part();
    if (strcmp(part, "--signals") == 0)
        return signals_part();
    return memory_part();
}

int main(int count, char** arguments)
{
    if (count > 1 && arguments[1][0] == '-')
        return do_part(arguments[1], arguments);
    return RUN_CASE(count, arguments, "/becoming.tmp", cases);
}
