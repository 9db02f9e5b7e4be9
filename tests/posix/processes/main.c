// Processes: the exercises of textbooks about fork, exec and wait, and the corners of each call.
#include "tests/posix/check.h"
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

extern char** environ;

static unsigned long volatile nowhere = 16;

static int status_of(pid_t child)
{
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    return status;
}

// Each process forks as often as is left: 2^n in all.
static void fork_them(int n)
{
    if (n > 0) {
        fork();
        fork_them(n - 1);
    }
}

static bool forkthem_makes_31_more(void)
{
    int ends[2];
    CHECK(pipe(ends) == 0);
    pid_t const child = fork();
    if (child == 0) {
        close(ends[0]);
        fork_them(5);
        CHECK(write(ends[1], "x", 1) == 1);
        while (wait(NULL) > 0)
            ;
        _exit(0);
    }
    close(ends[1]);
    char byte;
    int count = 0;
    while (read(ends[0], &byte, 1) == 1)
        ++count;
    close(ends[0]);
    CHECK(count == 32 && status_of(child) == 0);
    return true;
}

// x is 5 times more in each: three copies end with 10, 15 and 20.
static bool copies_have_variables_of_their_own(void)
{
    int const x = 5;
    pid_t const child = fork();
    if (child == 0) {
        int y = x + 5;
        pid_t const grandchild = fork();
        if (grandchild == 0)
            _exit(y + 10);
        int const status = status_of(grandchild);
        _exit(WEXITSTATUS(status) == 20 && y == 10 ? 10 : 1);
    }
    int const status = status_of(child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 10 && x + 10 == 15);
    return true;
}

static bool statuses(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(6);
    CHECK(status_of(child) == 6 << 8);
    child = fork();
    if (child == 0)
        raise(SIGTERM);
    CHECK(status_of(child) == SIGTERM);
    child = fork();
    if (child == 0)
        abort();
    CHECK(WTERMSIG(status_of(child)) == SIGABRT);
    child = fork();
    if (child == 0)
        *(int volatile*)nowhere = 1;
    CHECK(WTERMSIG(status_of(child)) == SIGSEGV);
    return true;
}

static bool errors(void)
{
    char* const arguments[] = {"x", NULL};
    CHECK(execv("/no/such/program", arguments) == -1 && errno == ENOENT);
    CHECK(execv("/", arguments) == -1 && (errno == EACCES || errno == EISDIR));
    int const file = open("./no-program", O_CREAT | O_WRONLY, 0755);
    CHECK(write(file, "text", 4) == 4 && close(file) == 0);
    CHECK(execv("./no-program", arguments) == -1 && errno == ENOEXEC);
    CHECK(unlink("./no-program") == 0);
    CHECK(wait(NULL) == -1 && errno == ECHILD);
    pid_t const child = fork();
    if (child == 0)
        _exit(3);
    CHECK(status_of(child) == 3 << 8);
    CHECK(waitpid(child, NULL, 0) == -1 && errno == ECHILD);
    CHECK(kill(child, 0) == -1 && errno == ESRCH);
    return true;
}

// Which states do not keep wait() waiting.
static bool stopped_and_continued_children(void)
{
    pid_t const child = fork();
    if (child == 0)
        for (;;)
            pause();
    int status = 0;
    CHECK(waitpid(child, &status, WNOHANG) == 0);
    CHECK(kill(child, SIGSTOP) == 0);
    CHECK(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
    CHECK(kill(child, SIGCONT) == 0);
    CHECK(waitpid(child, &status, WCONTINUED) == child && WIFCONTINUED(status));
    CHECK(kill(child, SIGKILL) == 0 && status_of(child) == SIGKILL);
    return true;
}

static bool orphans_have_parent_1(void)
{
    int ends[2];
    CHECK(pipe(ends) == 0);
    pid_t const child = fork();
    if (child == 0) {
        pid_t const parent = getpid();
        if (fork() == 0) {
            while (getppid() == parent)
                usleep(1000);
            pid_t const adopted_by = getppid();
            CHECK(write(ends[1], &adopted_by, sizeof adopted_by) == sizeof adopted_by);
        }
        _exit(0);
    }
    CHECK(status_of(child) == 0);
    close(ends[1]);
    pid_t new_parent = 0;
    CHECK(read(ends[0], &new_parent, sizeof new_parent) == sizeof new_parent);
    CHECK(new_parent == 1);
    close(ends[0]);
    return true;
}

static bool children_that_nobody_waits_for(void)
{
    CHECK(signal(SIGCHLD, SIG_IGN) != SIG_ERR);
    for (int i = 0; i < 3; ++i)
        if (fork() == 0)
            _exit(i);
    CHECK(wait(NULL) == -1 && errno == ECHILD);
    CHECK(signal(SIGCHLD, SIG_DFL) == SIG_IGN);
    struct sigaction action = {.sa_handler = SIG_DFL, .sa_flags = SA_NOCLDWAIT};
    CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
    if (fork() == 0)
        _exit(0);
    CHECK(wait(NULL) == -1 && errno == ECHILD);
    action.sa_flags = 0;
    CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
    return true;
}

static bool programs_and_scripts(void)
{
    char* const arguments[] = {"sh", "-c", "exit $((3 + $#))", "sh", "a", "b", NULL};
    pid_t child = fork();
    if (child == 0) {
        execve("/bin/sh", arguments, environ);
        _exit(99);
    }
    CHECK(status_of(child) == 5 << 8);
    int const script = open("./script", O_CREAT | O_WRONLY | O_TRUNC, 0755);
    char const text[] = "#!/bin/sh -e\nexit $#\n";
    CHECK(write(script, text, sizeof text - 1) == sizeof text - 1 && close(script) == 0);
    child = fork();
    if (child == 0) {
        execl("./script", "script", "one", "two", (char*)NULL);
        _exit(99);
    }
    CHECK(status_of(child) == 2 << 8 && unlink("./script") == 0);
    return true;
}

static int spawn(char const* path, posix_spawn_file_actions_t const* actions,
                 posix_spawnattr_t const* attributes, pid_t* child)
{
    char* const arguments[] = {"sh", "-c", "echo $((6 * 7))", NULL};
    return posix_spawn(child, path, actions, attributes, arguments, environ);
}

static bool spawned_programs(void)
{
    pid_t child = 0;
    CHECK(spawn("/no/such/program", NULL, NULL, &child) == ENOENT);
    CHECK_FAILS(wait(NULL), ECHILD);
    posix_spawn_file_actions_t actions;
    CHECK(posix_spawn_file_actions_init(&actions) == 0);
    CHECK(posix_spawn_file_actions_addopen(&actions, 1, "said", O_CREAT | O_WRONLY, 0600) == 0);
    posix_spawnattr_t attributes;
    CHECK(posix_spawnattr_init(&attributes) == 0);
    CHECK(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP) == 0);
    CHECK(spawn("/bin/sh", &actions, &attributes, &child) == 0);
    CHECK(getpgid(child) == child && status_of(child) == 0);
    char said[8] = "";
    int const file = open("said", O_RDONLY);
    CHECK(read(file, said, sizeof said) == 3 && strcmp(said, "42\n") == 0);
    CHECK(WEXITSTATUS(system("exit 5")) == 5);
    FILE* const stream = popen("echo through a pipe", "r");
    char line[32] = "";
    CHECK(stream != NULL && fgets(line, sizeof line, stream) != NULL);
    CHECK(strcmp(line, "through a pipe\n") == 0 && pclose(stream) == 0);
    return true;
}

// A signal that is blocked waits for the program that comes after exec.
static bool pending_signals_survive_exec(void)
{
    pid_t const child = fork();
    if (child == 0) {
        sigset_t blocked;
        sigemptyset(&blocked);
        sigaddset(&blocked, SIGUSR1);
        sigprocmask(SIG_BLOCK, &blocked, NULL);
        raise(SIGUSR1);
        execl("/tests/posix-processes", "processes", "unblock", (char*)NULL);
        _exit(99);
    }
    CHECK(status_of(child) == SIGUSR1);
    return true;
}

static int unblock(void)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_UNBLOCK, &all, NULL);
    return 0;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(forkthem_makes_31_more),
    CASE(copies_have_variables_of_their_own),
    CASE(statuses),
    CASE(errors),
    CASE(stopped_and_continued_children),
    CASE(orphans_have_parent_1),
    CASE(children_that_nobody_waits_for),
    CASE(programs_and_scripts),
    CASE(spawned_programs),
    CASE(pending_signals_survive_exec),
};

int main(int count, char** arguments)
{
    if (count > 1 && strcmp(arguments[1], "unblock") == 0)
        return unblock();
    return RUN_CASE(count, arguments, "/processes.tmp", cases);
}
