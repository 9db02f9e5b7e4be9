#include "tests/posix/files/cases.h"
#include <dirent.h>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <sys/wait.h>

bool open_flags(void)
{
    CHECK(make_file("file", 0644) && mkdir("folder", 0755) == 0);
    CHECK(symlink("file", "link") == 0 && symlink("nothing", "dangling") == 0);
    CHECK_FAILS(open("link", O_RDONLY | O_NOFOLLOW), ELOOP);
    CHECK_FAILS(open("file", O_RDONLY | O_DIRECTORY), ENOTDIR);
    CHECK_FAILS(open("folder", O_WRONLY), EISDIR);
    CHECK_FAILS(open("folder", O_RDONLY | O_DIRECTORY | O_CREAT, 0644), EINVAL);
    CHECK_FAILS(open("file", O_WRONLY | O_CREAT | O_EXCL, 0644), EEXIST);
    CHECK_FAILS(open("dangling", O_WRONLY | O_CREAT | O_EXCL, 0644), EEXIST);
    CHECK_FAILS(open("dangling", O_RDONLY), ENOENT);
    CHECK_FAILS(open("file/", O_RDONLY), ENOTDIR);
    CHECK_FAILS(open("", O_RDONLY), ENOENT);

    int file = open("dangling", O_RDWR | O_CREAT, 0644);
    CHECK(file >= 0 && write(file, "text", 4) == 4 && access("nothing", F_OK) == 0);
    CHECK(close(file) == 0);
    file = open("link", O_RDWR | O_TRUNC);
    CHECK(file >= 0 && write(file, "text", 4) == 4 && close(file) == 0);
    file = open("file", O_RDONLY);
    char text[8];
    CHECK(read(file, text, sizeof text) == 4 && write(file, "x", 1) < 0 && errno == EBADF);
    CHECK(close(file) == 0);
    file = open("file", O_WRONLY | O_TRUNC);
    struct stat status;
    CHECK(fstat(file, &status) == 0 && status.st_size == 0 && close(file) == 0);
    return true;
}

bool exclusive_create_has_one_winner(void)
{
    enum { rivals = 8 };
    int gate[2];
    CHECK(pipe(gate) == 0);
    for (int i = 0; i < rivals; ++i) {
        pid_t const child = fork();
        CHECK(child >= 0);
        if (child == 0) {
            char byte;
            close(gate[1]);
            (void)!read(gate[0], &byte, 1);
            _exit(open("prize", O_WRONLY | O_CREAT | O_EXCL, 0644) >= 0);
        }
    }
    CHECK(close(gate[1]) == 0);
    int winners = 0;
    for (int i = 0; i < rivals; ++i) {
        int status;
        CHECK(wait(&status) > 0 && WIFEXITED(status));
        winners += WEXITSTATUS(status);
    }
    CHECK(winners == 1);
    return true;
}

static long free_blocks(void)
{
    struct statvfs volume;
    sync();
    return statvfs(".", &volume) == 0 ? (long)volume.f_bfree : -1;
}

bool an_unlinked_file_lives_until_it_is_closed(void)
{
    enum { bytes = 1 << 20 };
    static char block[65536];
    int const file = open("gone", O_RDWR | O_CREAT, 0644);
    long const before = free_blocks();
    for (int done = 0; done < bytes; done += (int)sizeof block)
        CHECK(write(file, block, sizeof block) == sizeof block);
    CHECK(unlink("gone") == 0);
    CHECK_FAILS(open("gone", O_RDONLY), ENOENT);
    struct stat status;
    CHECK(fstat(file, &status) == 0 && status.st_nlink == 0 && status.st_size == bytes);
    CHECK(pread(file, block, sizeof block, bytes - sizeof block) == sizeof block);
    long const while_open = free_blocks();
    CHECK(before - while_open >= bytes / 4096);
    CHECK(close(file) == 0);
    CHECK(free_blocks() - while_open >= bytes / 4096);
    return true;
}

bool appending_writers_do_not_overwrite(void)
{
    enum { writers = 4, lines = 50 };
    for (int i = 0; i < writers; ++i) {
        pid_t const child = fork();
        CHECK(child >= 0);
        if (child != 0)
            continue;
        int const file = open("log", O_WRONLY | O_APPEND | O_CREAT, 0644);
        char const line[] = {(char)('a' + i), '\n'};
        int written = 0;
        for (int n = 0; n < lines; ++n)
            written += write(file, line, sizeof line) == sizeof line;
        _exit(written != lines);
    }
    for (int i = 0; i < writers; ++i) {
        int status;
        CHECK(wait(&status) > 0 && status == 0);
    }
    struct stat status;
    CHECK(stat("log", &status) == 0 && status.st_size == writers * lines * 2);
    return true;
}

bool duplicates_share_a_position(void)
{
    int const file = open("file", O_RDWR | O_CREAT, 0644);
    CHECK(write(file, "0123456789", 10) == 10);
    CHECK(dup2(file, 50) == 50 && lseek(50, 3, SEEK_SET) == 3);
    char byte;
    CHECK(read(file, &byte, 1) == 1 && byte == '3');
    pid_t const child = fork();
    if (child == 0)
        _exit(lseek(file, 7, SEEK_SET) != 7 || dup2(1, file) != file || close(50) != 0);
    int status;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    CHECK(read(50, &byte, 1) == 1 && byte == '7');
    CHECK(read(file, &byte, 1) == 1 && byte == '8');
    CHECK_FAILS(dup2(99, 3), EBADF);
    CHECK_FAILS(dup2(file, 1 << 20), EBADF);
    return true;
}

bool positions_in_a_directory(void)
{
    enum { files = 60 };
    char name[16];
    for (int i = 0; i < files; ++i) {
        snprintf(name, sizeof name, "file%02d", i);
        CHECK(make_file(name, 0644));
    }
    DIR* folder = opendir(".");
    CHECK(folder != NULL);
    for (int i = 0; i < 20; ++i)
        CHECK(readdir(folder) != NULL);
    long const place = telldir(folder);
    struct dirent* const entry = readdir(folder);
    CHECK(entry != NULL && strlen(entry->d_name) < sizeof name);
    strcpy(name, entry->d_name);
    int rest = 1;
    while (readdir(folder) != NULL)
        ++rest;
    CHECK(rest == files + 2 - 20);
    seekdir(folder, place);
    CHECK(strcmp(readdir(folder)->d_name, name) == 0);
    rewinddir(folder);
    int all = 0;
    while (readdir(folder) != NULL)
        ++all;
    CHECK(all == files + 2);
    CHECK(closedir(folder) == 0);
    return true;
}
