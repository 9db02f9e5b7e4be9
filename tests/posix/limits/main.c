// Limits: what a process may use, what it has used, and what becomes of it when that is too much.
#include "tests/posix/check.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>

enum { guest = 1000, kibibyte = 1024, mebibyte = 1024 * 1024 };

static int status_of(pid_t child)
{
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    return status;
}

// What becomes of a child that runs `part`.
static int status_in_child(void (*part)(void))
{
    fflush(stdout);
    pid_t const child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        part();
        _exit(0);
    }
    return status_of(child);
}

static bool set_limit(int resource, rlim_t soft, rlim_t hard)
{
    return setrlimit(resource, &(struct rlimit){.rlim_cur = soft, .rlim_max = hard}) == 0;
}

static struct rlimit limit_of(int resource)
{
    struct rlimit limit = {0};
    REQUIRE(getrlimit(resource, &limit) == 0);
    return limit;
}

static void rules_part(void)
{
    REQUIRE(set_limit(RLIMIT_CORE, 7, 1000) && limit_of(RLIMIT_CORE).rlim_cur == 7);
    REQUIRE(!set_limit(RLIMIT_CORE, 8, 7) && errno == EINVAL);
    REQUIRE(setrlimit(99, &(struct rlimit){0}) < 0 && errno == EINVAL);
    REQUIRE(setgid(guest) == 0 && setuid(guest) == 0);
    REQUIRE(!set_limit(RLIMIT_CORE, 7, 1001) && errno == EPERM);
    REQUIRE(set_limit(RLIMIT_CORE, 5, 900) && !set_limit(RLIMIT_CORE, 5, 1000) && errno == EPERM);
    struct rlimit before;
    REQUIRE(prlimit(getpid(), RLIMIT_CORE, &(struct rlimit){1, 2}, &before) == 0);
    REQUIRE(before.rlim_cur == 5 && before.rlim_max == 900);
    REQUIRE(prlimit(getppid(), RLIMIT_CORE, NULL, &before) < 0 && errno == EPERM);
    REQUIRE(prlimit(32000, RLIMIT_CORE, NULL, &before) < 0 && errno == ESRCH);
    pid_t const child = fork();
    if (child == 0)
        _exit(limit_of(RLIMIT_CORE).rlim_cur == 1 ? 3 : 4);
    REQUIRE(status_of(child) == 3 << 8);
}

static bool soft_and_hard(void)
{
    REQUIRE(status_in_child(rules_part) == 0);
    return true;
}

static void kept_part(void)
{
    REQUIRE(set_limit(RLIMIT_NOFILE, 20, 30) && set_limit(RLIMIT_FSIZE, 4096, 4096));
    execl("/bin/busybox", "sh", "-c",
          "test $(ulimit -n) = 20 && test $(ulimit -H -n) = 30 && "
          "test $(ulimit -f) = 8 && ulimit -S -n 10 && test $(ulimit -n) = 10",
          NULL);
}

static bool programs_keep_them(void)
{
    REQUIRE(status_in_child(kept_part) == 0);
    return true;
}

static void descriptors_part(void)
{
    REQUIRE(limit_of(RLIMIT_NOFILE).rlim_max == (rlim_t)sysconf(_SC_OPEN_MAX));
    REQUIRE(set_limit(RLIMIT_NOFILE, 10, 20));
    int last = -1;
    for (int file; (file = dup(0)) >= 0;)
        last = file;
    REQUIRE(last == 9 && errno == EMFILE);
    int ends[2];
    REQUIRE(pipe(ends) < 0 && errno == EMFILE && open("/", O_RDONLY) < 0 && errno == EMFILE);
    REQUIRE(dup2(0, 10) < 0 && errno == EBADF && fcntl(0, F_DUPFD, 10) < 0 && errno == EINVAL);
    REQUIRE(dup2(0, 9) == 9);
    REQUIRE(set_limit(RLIMIT_NOFILE, 20, 20) && dup(0) == 10);
    REQUIRE(!set_limit(RLIMIT_NOFILE, 20, 1 << 20) && errno == EPERM);
}

static bool descriptors(void)
{
    REQUIRE(status_in_child(descriptors_part) == 0);
    return true;
}

static int volatile signals_seen = 0;
static void count_signal(int signal)
{
    (void)signal;
    ++signals_seen;
}

static void file_sizes_part(void)
{
    static char const bytes[1000];
    int const file = open("file", O_RDWR | O_CREAT | O_TRUNC, 0644);
    REQUIRE(file >= 0 && set_limit(RLIMIT_FSIZE, 1500, 1500));
    signal(SIGXFSZ, count_signal);
    REQUIRE(write(file, bytes, 1000) == 1000 && write(file, bytes, 1000) == 500);
    REQUIRE(write(file, bytes, 1) < 0 && errno == EFBIG && signals_seen == 1);
    REQUIRE(pwrite(file, bytes, 10, 1495) == 5 && pwrite(file, bytes, 1, 1500) < 0);
    REQUIRE(ftruncate(file, 1501) < 0 && errno == EFBIG && signals_seen == 3);
    REQUIRE(ftruncate(file, 0) == 0 && lseek(file, 0, SEEK_END) == 0);
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    for (int i = 0; i < 3; ++i)
        REQUIRE(write(ends[1], bytes, 1000) == 1000);
    signal(SIGXFSZ, SIG_DFL);
    (void)!write(file, bytes, 1000);
    (void)!write(file, bytes, 1000);
    (void)!write(file, bytes, 1000);
}

static bool file_sizes(void)
{
    int const status = status_in_child(file_sizes_part);
    REQUIRE(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ);
    REQUIRE(unlink("file") == 0);
    return true;
}

static void memory_part(void)
{
    REQUIRE(set_limit(RLIMIT_AS, 2 * mebibyte, RLIM_INFINITY));
    void* const part = malloc(mebibyte);
    REQUIRE(part != NULL && malloc(3 * mebibyte / 2) == NULL && errno == ENOMEM);
    free(part);
    REQUIRE(malloc(3 * mebibyte / 2) != NULL);
    REQUIRE(set_limit(RLIMIT_AS, RLIM_INFINITY, RLIM_INFINITY) && malloc(4 * mebibyte) != NULL);
}

// The program after exec cannot touch more than that, whatever its library lets it map.
static void memory_of_program_part(void)
{
    REQUIRE(set_limit(RLIMIT_DATA, mebibyte, mebibyte) && close(STDERR_FILENO) == 0);
    execl("/bin/busybox", "sh", "-c", "x=0123456789abcdef; while :; do x=$x$x; done", NULL);
}

static bool memory(void)
{
    REQUIRE(status_in_child(memory_part) == 0);
    REQUIRE(status_in_child(memory_of_program_part) != 0);
    return true;
}

static int depth_of(int levels)
{
    char volatile frame[kibibyte];
    frame[0] = (char)levels;
    return levels == 0 ? 0 : depth_of(levels - 1) + 1 + frame[0] - (char)levels;
}

static void deep_part(void)
{
    if (depth_of(3000) != 3000)
        _exit(2);
}

static void deep_with_room_part(void)
{
    REQUIRE(set_limit(RLIMIT_STACK, 4 * mebibyte, RLIM_INFINITY));
    execl("/tests/posix-limits", "posix-limits", "deep", NULL);
}

static bool stacks(void)
{
    int const status = status_in_child(deep_part);
    REQUIRE(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
    REQUIRE(status_in_child(deep_with_room_part) == 0);
    return true;
}

static void processes_part(void)
{
    REQUIRE(set_limit(RLIMIT_NPROC, 5, 5) && setgid(guest) == 0 && setuid(guest) == 0);
    int count = 0;
    for (pid_t child; (child = fork()) >= 0; ++count)
        if (child == 0) {
            pause();
            _exit(0);
        }
    REQUIRE(errno == EAGAIN && count == 4);
    REQUIRE(signal(SIGTERM, SIG_IGN) != SIG_ERR && kill(0, SIGTERM) == 0);
    while (count-- > 0)
        REQUIRE(wait(NULL) > 0);
    pid_t const child = fork();
    if (child == 0)
        _exit(0);
    REQUIRE(status_of(child) == 0);
}

static bool processes(void)
{
    fflush(stdout);
    pid_t const child = fork();
    if (child == 0) {
        REQUIRE(setpgid(0, 0) == 0);
        processes_part();
        _exit(0);
    }
    REQUIRE(status_of(child) == 0);
    return true;
}

static void spin(void)
{
    for (;;)
        ;
}

static void cpu_time_part(void)
{
    REQUIRE(set_limit(RLIMIT_CPU, 1, 2));
    spin();
}

static void stubborn_part(void)
{
    signal(SIGXCPU, SIG_IGN);
    REQUIRE(set_limit(RLIMIT_CPU, 1, 2));
    pid_t const child = fork();
    if (child == 0) {
        signal(SIGXCPU, SIG_DFL);
        spin();
    }
    REQUIRE(WTERMSIG(status_of(child)) == SIGXCPU);
    spin();
}

static bool cpu_time(void)
{
    struct rusage before, after;
    REQUIRE(getrusage(RUSAGE_CHILDREN, &before) == 0);
    int status = status_in_child(cpu_time_part);
    REQUIRE(WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU);
    REQUIRE(getrusage(RUSAGE_CHILDREN, &after) == 0);
    REQUIRE(after.ru_utime.tv_sec - before.ru_utime.tv_sec >= 1);
    status = status_in_child(stubborn_part);
    REQUIRE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    return true;
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static bool usage(void)
{
    struct tms before, after;
    clock_t const begin = times(&before);
    pid_t const child = fork();
    if (child == 0) {
        while (clock() < CLOCKS_PER_SEC / 2)
            ;
        _exit(0);
    }
    int status = -1;
    struct rusage of_child;
    REQUIRE(wait4(child, &status, 0, &of_child) == child && status == 0);
    REQUIRE(seconds(of_child.ru_utime) > 0.45 && seconds(of_child.ru_utime) < 5);
    clock_t const end = times(&after);
    REQUIRE(after.tms_cutime - before.tms_cutime >= 45 && end - begin >= 20);
    struct rusage own;
    REQUIRE(getrusage(RUSAGE_SELF, &own) == 0 && seconds(own.ru_utime) < 60);
    struct timespec now, later;
    REQUIRE(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) == 0);
    for (int volatile i = 0; i < 1000000; ++i)
        ;
    REQUIRE(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &later) == 0);
    REQUIRE(later.tv_sec > now.tv_sec || later.tv_nsec > now.tv_nsec);
    REQUIRE(getrusage(99, &own) < 0 && errno == EINVAL);
    return true;
}

// Two harts at most: of four that spin, the nice ones wait for the others.
static void niceness_part(void)
{
    REQUIRE(getpriority(PRIO_PROCESS, 0) == 0 && nice(5) == 5);
    errno = 0;
    REQUIRE(nice(-6) == -1 && (errno == EPERM || errno == EACCES));
    REQUIRE(setpriority(PRIO_PROCESS, 0, 2) == 0 && getpriority(PRIO_PROCESS, (id_t)getpid()) == 2);
    REQUIRE(setgid(guest) == 0 && setuid(guest) == 0);
    REQUIRE(setpriority(PRIO_PROCESS, 0, 1) < 0 && errno == EACCES);
    REQUIRE(setpriority(PRIO_PROCESS, (id_t)getppid(), 9) < 0 && errno == EPERM);
    REQUIRE(setpriority(PRIO_PROCESS, 32000, 9) < 0 && errno == ESRCH);
    REQUIRE(setpriority(PRIO_PROCESS, 0, 30) == 0 && getpriority(PRIO_PROCESS, 0) == 19);
    pid_t const child = fork();
    if (child == 0)
        _exit(getpriority(PRIO_PROCESS, 0));
    REQUIRE(status_of(child) == 19 << 8);
}

static void the_nice_wait_part(void)
{
    pid_t children[6];
    int start[2];
    REQUIRE(pipe(start) == 0);
    for (int i = 0; i < 6; ++i) {
        children[i] = fork();
        if (children[i] == 0) {
            char byte;
            close(start[1]);
            if (i < 3)
                nice(10);
            (void)!read(start[0], &byte, 1);
            spin();
        }
    }
    close(start[1]);
    sleep(2);
    for (int i = 0; i < 6; ++i)
        kill(children[i], SIGKILL);
    struct rusage of_child;
    double nice_ones = 0, others = 0;
    for (int i = 0; i < 6; ++i) {
        REQUIRE(wait4(children[i], NULL, 0, &of_child) == children[i]);
        *(i < 3 ? &nice_ones : &others) += seconds(of_child.ru_utime);
    }
    REQUIRE(others > 4 * nice_ones);
}

static bool niceness(void)
{
    REQUIRE(status_in_child(niceness_part) == 0);
    return true;
}

static bool the_nice_wait(void)
{
    REQUIRE(status_in_child(the_nice_wait_part) == 0);
    return true;
}

int main(int count, char** arguments)
{
    if (count > 1 && strcmp(arguments[1], "deep") == 0) {
        deep_part();
        return 0;
    }
    struct check_case const cases[] = {
        {"soft_and_hard", soft_and_hard},
        {"programs_keep_them", programs_keep_them},
        {"descriptors", descriptors},
        {"file_sizes", file_sizes},
        {"memory", memory},
        {"stacks", stacks},
        {"processes", processes},
        {"cpu_time", cpu_time},
        {"usage", usage},
        {"niceness", niceness},
        {"the_nice_wait", the_nice_wait},
    };
    return RUN_CASE(count, arguments, "/limits.tmp", cases);
}
