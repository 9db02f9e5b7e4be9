// posix-users: checks of what processes may do in whose name. User 0 runs it.
#include "tests/posix/check.h"
#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

enum { ann = 1001, ben = 1002 };

// What `part` makes of a child of its own, as user and group `user`.
static bool passes_as(uid_t user, bool (*part)(void))
{
    fflush(stdout);
    pid_t const child = fork();
    if (child == 0) {
        bool const changed = setgroups(0, NULL) == 0 && setgid(user) == 0 && setuid(user) == 0;
        bool const passed = changed && part();
        fflush(stdout);
        _exit(!passed);
    }
    int status;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static bool has_users(uid_t real, uid_t effective, uid_t saved)
{
    uid_t r, e, s;
    return getresuid(&r, &e, &s) == 0 && r == real && e == effective && s == saved &&
           getuid() == real && geteuid() == effective;
}

static bool as_ann(void)
{
    CHECK(has_users(ann, ann, ann) && getgid() == ann && getegid() == ann);
    CHECK_FAILS(setuid(0), EPERM);
    CHECK_FAILS(setgid(0), EPERM);
    CHECK_FAILS(setgroups(0, NULL), EPERM);
    CHECK(setuid(ann) == 0 && setresuid((uid_t)-1, ann, (uid_t)-1) == 0);
    return true;
}

static bool numbers(void)
{
    CHECK(has_users(0, 0, 0) && passes_as(ann, as_ann));
    CHECK(has_users(0, 0, 0));
    return true;
}

static bool giving_up_and_taking_back(void)
{
    pid_t const child = fork();
    if (child == 0) {
        bool const is_well = seteuid(ann) == 0 && has_users(0, ann, 0) &&
                             open("/root/x", O_CREAT | O_WRONLY, 0600) < 0 && seteuid(0) == 0 &&
                             access("/root", W_OK) == 0 && setreuid(ben, ann) == 0 &&
                             has_users(ben, ann, ann) && seteuid(0) < 0 && seteuid(ben) == 0;
        _exit(!is_well);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    return true;
}

static bool groups(void)
{
    gid_t const some[] = {5, 7, 9};
    gid_t found[8];
    pid_t const child = fork();
    if (child == 0) {
        bool const is_well = setgroups(3, some) == 0 && getgroups(0, NULL) == 3 &&
                             getgroups(8, found) == 3 && memcmp(found, some, sizeof some) == 0 &&
                             getgroups(2, found) < 0;
        _exit(!is_well);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    return true;
}

static bool files_as_ann(void)
{
    CHECK_FAILS(open("secret", O_RDONLY), EACCES);
    CHECK_FAILS(access("secret", R_OK), EACCES);
    CHECK_FAILS(open("readable", O_WRONLY), EACCES);
    CHECK_FAILS(unlink("readable"), EACCES);
    CHECK_FAILS(chmod("readable", 0777), EPERM);
    CHECK_FAILS(chown("readable", ann, ann), EPERM);
    CHECK_FAILS(mkdir("new", 0755), EACCES);
    CHECK_FAILS(access("closed/file", F_OK), EACCES);
    CHECK_FAILS(unlink("shared/secret"), EPERM);
    int const file = open("shared/hers", O_CREAT | O_EXCL | O_WRONLY, 0600);
    struct stat status;
    CHECK(file >= 0 && fstat(file, &status) == 0 && status.st_uid == ann && status.st_gid == ann);
    CHECK_FAILS(fchown(file, ben, ben), EPERM);
    CHECK(fchmod(file, 0644) == 0 && close(file) == 0);
    return true;
}

static bool files_as_ben(void)
{
    CHECK(open("shared/hers", O_RDONLY) >= 0);
    CHECK_FAILS(open("shared/hers", O_RDWR), EACCES);
    CHECK_FAILS(unlink("shared/hers"), EPERM);
    return true;
}

static bool make(char const* path, mode_t mode)
{
    int const file = open(path, O_CREAT | O_EXCL | O_WRONLY, mode);
    return file >= 0 && close(file) == 0;
}

static bool files_of_users(void)
{
    CHECK(make("secret", 0600) && make("readable", 0644) && mkdir("closed", 0700) == 0);
    CHECK(mkdir("shared", 0755) == 0 && chmod("shared", 01777) == 0 && make("shared/secret", 0600));
    CHECK(passes_as(ann, files_as_ann) && passes_as(ben, files_as_ben));
    return true;
}

// Nobody looks at the permissions again: what a file was opened for is what it is good for.
static bool permission_is_checked_by_open(void)
{
    char byte;
    CHECK_FAILS(read(100, &byte, 1), EBADF);
    CHECK(make("file", 0644) && truncate("file", 1) == 0);
    int const file = open("file", O_RDONLY);
    int const copy = dup(file);
    CHECK(file >= 0 && chmod("file", 0) == 0);
    CHECK(setgroups(0, NULL) == 0 && setgid(ann) == 0 && setuid(ann) == 0);
    CHECK_FAILS(open("file", O_RDONLY), EACCES);
    CHECK(read(file, &byte, 1) == 1);
    CHECK_FAILS(write(file, &byte, 1), EBADF);
    CHECK(close(file) == 0 && pread(copy, &byte, 1, 0) == 1 && close(copy) == 0);
    CHECK_FAILS(pread(copy, &byte, 1, 0), EBADF);
    CHECK_FAILS(close(copy), EBADF);
    return true;
}

static char const* terminal_name;

static bool finds_it_busy(void)
{
    CHECK_FAILS(open(terminal_name, O_RDWR | O_NOCTTY), EBUSY);
    return true;
}

static bool finds_it_free(void)
{
    int const terminal = open(terminal_name, O_RDWR | O_NOCTTY);
    CHECK(terminal >= 0 && close(terminal) == 0);
    return true;
}

// A device that somebody has for himself, until he says otherwise or closes it for the last time.
static bool an_exclusive_device_opens_once(void)
{
    int const master = posix_openpt(O_RDWR | O_NOCTTY);
    CHECK(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    terminal_name = ptsname(master);
    int const terminal = open(terminal_name, O_RDWR | O_NOCTTY);
    CHECK(terminal >= 0 && passes_as(ann, finds_it_free));
    CHECK(ioctl(terminal, TIOCEXCL) == 0 && passes_as(ann, finds_it_busy));
    CHECK(finds_it_free());  // to the superuser
    CHECK(ioctl(terminal, TIOCNXCL) == 0 && passes_as(ann, finds_it_free));
    int const copy = dup(terminal);
    CHECK(ioctl(terminal, TIOCEXCL) == 0 && close(terminal) == 0);
    CHECK(passes_as(ann, finds_it_busy) && close(copy) == 0);
    CHECK(passes_as(ann, finds_it_free) && close(master) == 0);
    return true;
}

// A copy of this program that runs as ann, started by ben.
static bool runs_as_ann(void)
{
    int ends[2];
    char text[16] = "";
    CHECK(pipe(ends) == 0);
    pid_t const child = fork();
    if (child == 0) {
        dup2(ends[1], 1);
        execl("./as-ann", "posix-users", "who", NULL);
        _exit(1);
    }
    int status;
    close(ends[1]);
    CHECK(read(ends[0], text, sizeof text - 1) > 0);
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    CHECK(strcmp(text, "1002 1001 1001\n") == 0);
    return true;
}

static bool who(void)
{
    uid_t real, effective, saved;
    CHECK(getresuid(&real, &effective, &saved) == 0);
    printf("%u %u %u\n", real, effective, saved);
    fflush(stdout);
    _exit(open("/users.tmp/of-ann", O_RDONLY) < 0 || access("/users.tmp/of-ann", R_OK) == 0);
}

static bool set_user_programs(void)
{
    static char block[65536];
    int const from = open("/tests/posix-users", O_RDONLY);
    int const to = open("as-ann", O_CREAT | O_EXCL | O_WRONLY, 0755);
    ssize_t count;
    while ((count = read(from, block, sizeof block)) > 0)
        CHECK(write(to, block, (size_t)count) == count);
    CHECK(close(to) == 0 && chown("as-ann", ann, ann) == 0 && chmod("as-ann", 04755) == 0);
    CHECK(make("of-ann", 0600) && chown("of-ann", ann, ann) == 0);
    CHECK(passes_as(ben, runs_as_ann));
    return true;
}

static pid_t target;

static bool may_not_signal(void)
{
    CHECK_FAILS(kill(target, 0), EPERM);
    CHECK_FAILS(kill(target, SIGKILL), EPERM);
    CHECK(kill(getpid(), 0) == 0 && kill(target, SIGCONT) == 0);
    return true;
}

static bool may_signal(void)
{
    CHECK(kill(target, SIGTERM) == 0);
    return true;
}

static bool signals_to_others(void)
{
    int ready[2];
    CHECK(pipe(ready) == 0);
    target = fork();
    if (target == 0) {
        if (setuid(ann) == 0 && write(ready[1], "", 1) == 1)
            for (;;)
                pause();
        _exit(1);
    }
    int status;
    char byte;
    CHECK(target > 0 && read(ready[0], &byte, 1) == 1);
    CHECK(passes_as(ben, may_not_signal) && passes_as(ann, may_signal));
    CHECK(waitpid(target, &status, 0) == target && WTERMSIG(status) == SIGTERM);
    return true;
}

// What user 0 has opened can still be listed, but no more.
static int folder;

static bool only_lists(void)
{
    CHECK_FAILS(openat(folder, "file", O_RDONLY), EACCES);
    CHECK_FAILS(open("closed/file", O_RDONLY), EACCES);
    DIR* const list = fdopendir(folder);
    int count = 0;
    while (readdir(list) != NULL)
        ++count;
    CHECK(count == 3);
    return true;
}

static bool open_directories_stay_theirs(void)
{
    CHECK(mkdir("closed", 0700) == 0 && make("closed/file", 0600));
    folder = open("closed", O_RDONLY | O_DIRECTORY);
    CHECK(folder >= 0 && passes_as(ann, only_lists));
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(numbers),
    CASE(giving_up_and_taking_back),
    CASE(groups),
    CASE(files_of_users),
    CASE(permission_is_checked_by_open),
    CASE(an_exclusive_device_opens_once),
    CASE(set_user_programs),
    CASE(signals_to_others),
    CASE(open_directories_stay_theirs),
};

int main(int count, char** arguments)
{
    if (count == 2 && strcmp(arguments[1], "who") == 0)
        return who();
    return RUN_CASE(count, arguments, "/users.tmp", cases);
}
