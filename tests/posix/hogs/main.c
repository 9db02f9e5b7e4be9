// posix-hogs: programs that take all they can get of something and never end by themselves, and the
// counting of what is left when they were ended.
#include "tests/posix/check.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <time.h>

// All of them are in the group of the first one.
static void bomb(void)
{
    pid_t const first = getpid();
    while (fork() >= 0)
        ;
    if (getpid() == first)
        puts("full");
    for (;;)
        while (fork() >= 0)
            ;
}

// Takes so many pieces of memory; a byte is written for each.
static void take_pieces(int most, int progress)
{
    size_t const bytes = 64 << 10;
    char* piece;
    for (int i = 0; i < most && (piece = malloc(bytes)) != NULL; ++i) {
        memset(piece, 1, bytes);
        REQUIRE(write(progress, "x", 1) == 1);
    }
}

// Memory is counted when it is touched: who touches too much of it is ended. So one child finds out
// how much there is, and this process takes nearly that.
static void take_memory(void)
{
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    pid_t const child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        close(ends[0]);
        take_pieces(1 << 30, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    char byte;
    int pieces = 0;
    while (read(ends[0], &byte, 1) == 1)
        ++pieces;
    REQUIRE(waitpid(child, NULL, 0) == child);
    take_pieces(pieces - 1, open("/dev/null", O_WRONLY));
    printf("full after %d pieces\n", pieces);
    for (;;)
        pause();
}

// Each process has as many descriptors as it gets, half of them of files, and so have its children.
static void take_descriptors(void)
{
    for (int i = 0; i < 100 && fork() >= 0; ++i) {
        int ends[2];
        while (open("/bin/busybox", O_RDONLY) >= 0 && pipe(ends) == 0)
            ;
    }
    puts("full");
    for (;;)
        pause();
}

static void spin(void)
{
    for (;;)
        ;
}

static void ignore_signal(int signal) { (void)signal; }

// `count` children that never end, all at once; killed in any order when it is told to.
static void run_away(int count, unsigned seed)
{
    static pid_t children[1024];
    REQUIRE(count <= 1024);
    struct sigaction const action = {.sa_handler = ignore_signal};
    REQUIRE(sigaction(SIGUSR1, &action, NULL) == 0);
    sigset_t told;
    sigset_t before;
    sigemptyset(&told);
    sigaddset(&told, SIGUSR1);
    REQUIRE(sigprocmask(SIG_BLOCK, &told, &before) == 0);
    for (int i = 0; i < count; ++i) {
        children[i] = fork();
        if (children[i] == 0)
            spin();
        REQUIRE(children[i] > 0);
    }
    puts("full");
    REQUIRE(sigsuspend(&before) < 0 && errno == EINTR);
    srand(seed);
    for (int alive = count; alive > 0;) {
        int const victim = rand() % alive;
        REQUIRE(kill(children[victim], SIGKILL) == 0);
        int status = 0;
        REQUIRE(waitpid(children[victim], &status, 0) == children[victim]);
        REQUIRE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        children[victim] = children[--alive];
    }
    puts("done");
}

// fork, exec and exit, `count` times.
static void churn(int count)
{
    for (int i = 0; i < count; ++i) {
        pid_t const child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            execl("/tests/posix-hogs", "posix-hogs", "nothing", NULL);
            _exit(1);
        }
        int status = -1;
        REQUIRE(waitpid(child, &status, 0) == child && status == 0);
    }
    puts("done");
}

static int volatile signals_taken = 0;
static void take_signal(int signal)
{
    (void)signal;
    ++signals_taken;
}

// Several processes send one signals as fast as they can.
static void storm(void)
{
    static int const signals[] = {SIGUSR1, SIGUSR2, SIGWINCH, SIGURG};
    enum { senders = sizeof signals / sizeof *signals };
    pid_t children[senders];
    pid_t const target = getpid();
    struct sigaction const action = {.sa_handler = take_signal, .sa_flags = SA_RESTART};
    for (int i = 0; i < senders; ++i)
        REQUIRE(sigaction(signals[i], &action, NULL) == 0);
    for (int i = 0; i < senders; ++i) {
        children[i] = fork();
        REQUIRE(children[i] >= 0);
        if (children[i] == 0)
            for (;;)
                kill(target, signals[i]);
    }
    time_t const end = time(NULL) + 3;
    while (time(NULL) < end)
        (void)sysconf(_SC_OPEN_MAX);
    for (int i = 0; i < senders; ++i) {
        REQUIRE(kill(children[i], SIGKILL) == 0);
        REQUIRE(waitpid(children[i], NULL, 0) == children[i]);
    }
    REQUIRE(signals_taken > 100);
    puts("done");
}

// Programs that use files, pipes, users and other programs, each killed with all that it has
// started some time after its start.
static void kill_anywhere(int count, unsigned seed)
{
    static char const* const commands[] = {
        "find / | sort | uniq -c | tail -3",
        "tar -cf /killed/tar /etc && tar -tf /killed/tar",
        "i=0; while :; do i=$((i+1)); echo $i > /killed/f$((i%20)); rm -f /killed/f$((i%7)); done",
        "su guest -c 'ls -lR /'",
        "sqlite3 -vfs unix-none /killed/db 'create table if not exists t(a); insert into t "
        "values(1)'",
        "while :; do (exit 1) | cat | cat; done",
        "ps; top -b -n 1; ls -l /proc /dev",
        "lua -e 'local t = {} for i = 1, 1e6 do t[i] = tostring(i) end'",
    };
    enum { command_count = sizeof commands / sizeof *commands };
    REQUIRE(mkdir("/killed", 0777) == 0);
    srand(seed);
    for (int i = 0; i < count; ++i) {
        pid_t const child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            setsid();
            int const nowhere = open("/dev/null", O_RDWR);
            for (int file = 0; file <= 2; ++file)
                dup2(nowhere, file);
            execl("/bin/busybox", "sh", "-c", commands[rand() % command_count], NULL);
            _exit(1);
        }
        (void)rand();
        usleep((useconds_t)(rand() % 400000));
        (void)kill(-child, SIGKILL);
        (void)kill(child, SIGKILL);
        REQUIRE(waitpid(child, NULL, 0) == child);
    }
    puts("done");
}

static void print_free_memory(void)
{
    struct sysinfo info;
    REQUIRE(sysinfo(&info) == 0);
    printf("%lu\n", info.freeram);
}

int main(int count, char** arguments)
{
    REQUIRE(count >= 2 && (strcmp(arguments[1], "run-away") != 0 || count == 4) &&
            (strcmp(arguments[1], "kill-anywhere") != 0 || count == 4));
    setvbuf(stdout, NULL, _IOLBF, 0);
    char const* const what = arguments[1];
    int const number = count > 2 ? atoi(arguments[2]) : 0;
    if (strcmp(what, "bomb") == 0)
        bomb();
    if (strcmp(what, "memory") == 0)
        take_memory();
    if (strcmp(what, "descriptors") == 0)
        take_descriptors();
    if (strcmp(what, "run-away") == 0)
        run_away(number, (unsigned)atoi(arguments[3]));
    if (strcmp(what, "churn") == 0)
        churn(number);
    if (strcmp(what, "storm") == 0)
        storm();
    if (strcmp(what, "kill-anywhere") == 0)
        kill_anywhere(number, (unsigned)atoi(arguments[3]));
    if (strcmp(what, "free") == 0)
        print_free_memory();
    return 0;
}
