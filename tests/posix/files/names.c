#include "tests/posix/files/cases.h"
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/syscall.h>

bool hard_links(void)
{
    CHECK(make_file("file", 0644) && link("file", "other") == 0);
    struct stat one, two;
    CHECK(stat("file", &one) == 0 && stat("other", &two) == 0);
    CHECK(one.st_ino == two.st_ino && one.st_dev == two.st_dev && one.st_nlink == 2);
    CHECK(unlink("file") == 0 && stat("other", &two) == 0 && two.st_nlink == 1);
    CHECK_FAILS(link("file", "third"), ENOENT);
    CHECK_FAILS(link("other", "other"), EEXIST);
    CHECK_FAILS(link(".", "folder"), EPERM);
    CHECK_FAILS(link("other", "/tmp/other"), EXDEV);
    CHECK(symlink("other", "pointer") == 0);
    CHECK(linkat(AT_FDCWD, "pointer", AT_FDCWD, "behind", AT_SYMLINK_FOLLOW) == 0);
    CHECK(lstat("behind", &one) == 0 && one.st_ino == two.st_ino);
    return true;
}

bool symbolic_links(void)
{
    CHECK(make_file("file", 0600) && symlink("file", "link") == 0);
    char text[8];
    CHECK(readlink("link", text, sizeof text) == 4 && memcmp(text, "file", 4) == 0);
    CHECK(readlink("link", text, 2) == 2 && memcmp(text, "fi", 2) == 0);
    struct stat status;
    CHECK(lstat("link", &status) == 0 && S_ISLNK(status.st_mode) && status.st_size == 4);
    CHECK(stat("link", &status) == 0 && S_ISREG(status.st_mode));
    CHECK_FAILS(readlink("file", text, sizeof text), EINVAL);
    CHECK_FAILS(symlink("", "empty"), ENOENT);
    CHECK(symlink("loop", "loop") == 0);
    CHECK_FAILS(stat("loop", &status), ELOOP);
    CHECK(unlink("link") == 0 && access("file", F_OK) == 0);
    return true;
}

// ".." is what is above the place where a link has led to.
bool dots_and_links(void)
{
    CHECK(mkdir("a", 0755) == 0 && mkdir("a/b", 0755) == 0 && make_file("a/file", 0644));
    CHECK(symlink("a/b", "link") == 0 && symlink("/files.tmp/a/b", "absolute") == 0);
    CHECK(access("link/../file", F_OK) == 0 && access("absolute/../file", F_OK) == 0);
    CHECK_FAILS(access("link/../link", F_OK), ENOENT);
    char text[PATH_MAX];
    CHECK(chdir("link") == 0 && strcmp(getcwd(text, sizeof text), "/files.tmp/a/b") == 0);
    CHECK(access("../file", F_OK) == 0 && chdir("..") == 0);
    CHECK(strcmp(getcwd(text, sizeof text), "/files.tmp/a") == 0);
    CHECK(realpath("../link/../file", text) != NULL && strcmp(text, "/files.tmp/a/file") == 0);
    CHECK_FAILS(chdir("file"), ENOTDIR);
    CHECK_FAILS(getcwd(text, 5) == NULL ? -1 : 0, ERANGE);
    CHECK(chdir("/../..") == 0 && strcmp(getcwd(text, sizeof text), "/") == 0);
    return true;
}

bool names_below_open_directories(void)
{
    CHECK(mkdir("folder", 0755) == 0);
    int const folder = open("folder", O_RDONLY | O_DIRECTORY);
    CHECK(folder >= 0 && mkdirat(folder, "sub", 0755) == 0);
    int const file = openat(folder, "sub/file", O_RDWR | O_CREAT, 0644);
    CHECK(file >= 0 && access("folder/sub/file", F_OK) == 0);
    CHECK(chdir("/") == 0);
    struct stat status;
    CHECK(fstatat(folder, "sub/file", &status, 0) == 0 && S_ISREG(status.st_mode));
    CHECK(fstatat(folder, "", &status, AT_EMPTY_PATH) == 0 && S_ISDIR(status.st_mode));
    CHECK(symlinkat("sub", folder, "link") == 0 &&
          linkat(folder, "link/file", folder, "l", 0) == 0);
    CHECK(renameat(folder, "l", folder, "sub/l") == 0 && unlinkat(folder, "sub/l", 0) == 0);
    CHECK_FAILS(unlinkat(folder, "sub", 0), EISDIR);
    CHECK_FAILS(unlinkat(folder, "sub", AT_REMOVEDIR), ENOTEMPTY);
    CHECK_FAILS(unlinkat(file, "x", 0), ENOTDIR);
    CHECK_FAILS(unlinkat(77, "x", 0), EBADF);
    CHECK(fchmodat(folder, "sub", 0700, 0) == 0 && fchdir(folder) == 0);
    CHECK(stat("sub", &status) == 0 && (status.st_mode & 0777) == 0700);
    return true;
}

bool renaming(void)
{
    CHECK(make_file("a", 0644) && make_file("b", 0600) && mkdir("folder", 0755) == 0);
    enum { no_replace = 1 };
    CHECK_FAILS(syscall(SYS_renameat2, AT_FDCWD, "a", AT_FDCWD, "b", no_replace), EEXIST);
    CHECK(rename("a", "b") == 0);
    struct stat status;
    CHECK(stat("b", &status) == 0 && (status.st_mode & 0777) == 0644);
    CHECK_FAILS(rename("b", "folder"), EISDIR);
    CHECK_FAILS(rename("folder", "b"), ENOTDIR);
    CHECK_FAILS(rename("folder", "folder/below"), EINVAL);
    CHECK_FAILS(rename("b", "/tmp/b"), EXDEV);
    CHECK(rename("folder", "moved") == 0 && access("moved/.", F_OK) == 0);
    CHECK_FAILS(rmdir("moved/."), EINVAL);
    return true;
}

bool special_files(void)
{
    CHECK(mkfifo("fifo", 0640) == 0 && mknod("socket", S_IFSOCK | 0600, 0) == 0);
    CHECK(mknod("file", S_IFREG | 0604, 0) == 0);
    struct stat status;
    CHECK(stat("fifo", &status) == 0 && S_ISFIFO(status.st_mode) &&
          (status.st_mode & 0777) == 0640);
    CHECK(stat("socket", &status) == 0 && S_ISSOCK(status.st_mode));
    CHECK(stat("file", &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 0777) == 0604);
    CHECK_FAILS(mknod("device", S_IFCHR | 0600, 0x103), EPERM);
    CHECK_FAILS(mkfifo("fifo", 0640), EEXIST);
    return true;
}

bool long_paths(void)
{
    char name[300], path[PATH_MAX + 2];
    memset(name, 'n', sizeof name);
    name[255] = 0;
    CHECK(make_file(name, 0644) && unlink(name) == 0);
    name[255] = 'n';
    name[256] = 0;
    CHECK_FAILS(open(name, O_RDONLY | O_CREAT, 0644), ENAMETOOLONG);
    memset(path, '/', sizeof path);
    strcpy(path + sizeof path - 2, "x");
    CHECK_FAILS(open(path, O_RDONLY), ENAMETOOLONG);
    // Many dots and slashes are no long path.
    path[0] = 0;
    for (int i = 0; i < 500; ++i)
        strcat(path, ".//");
    strcat(path, "file");
    CHECK(make_file(path, 0644) && access("file", F_OK) == 0);
    return true;
}
