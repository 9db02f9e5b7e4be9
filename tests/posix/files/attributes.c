#include "tests/posix/files/cases.h"
#include <fcntl.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/time.h>

static long mode_of(char const* path)
{
    struct stat status;
    return lstat(path, &status) == 0 ? (long)(status.st_mode & 07777) : -1;
}

bool modes(void)
{
    CHECK(make_file("file", 0644) && chmod("file", 04751) == 0 && mode_of("file") == 04751);
    int const file = open("file", O_RDONLY);
    CHECK(fchmod(file, 0600) == 0 && mode_of("file") == 0600);
    CHECK(symlink("file", "link") == 0 && chmod("link", 0640) == 0 && mode_of("file") == 0640);
    CHECK(mkdir("folder", 0755) == 0 && chmod("folder", 01777) == 0 && mode_of("folder") == 01777);
    int const folder = open("folder", O_RDONLY);
    CHECK(fchmod(folder, 0711) == 0 && mode_of("folder") == 0711);
    CHECK_FAILS(chmod("nothing", 0600), ENOENT);
    CHECK_FAILS(fchmod(77, 0600), EBADF);
    return true;
}

bool the_mask_of_new_files(void)
{
    CHECK(umask(027) == 022 && umask(027) == 027);
    CHECK(make_file("file", 0666) && mode_of("file") == 0640);
    CHECK(mkdir("folder", 0777) == 0 && mode_of("folder") == 0750);
    CHECK(mkfifo("fifo", 0666) == 0 && mode_of("fifo") == 0640);
    CHECK(symlink("file", "link") == 0 && mode_of("link") == 0777);
    umask(0);
    CHECK(make_file("open", 0666) && mode_of("open") == 0666);
    return true;
}

bool owners(void)
{
    struct stat status;
    CHECK(make_file("file", 0644) && chown("file", 1000, 100) == 0);
    CHECK(stat("file", &status) == 0 && status.st_uid == 1000 && status.st_gid == 100);
    int const file = open("file", O_RDONLY);
    CHECK(fchown(file, (uid_t)-1, 7) == 0 && fstat(file, &status) == 0);
    CHECK(status.st_uid == 1000 && status.st_gid == 7);
    CHECK(symlink("file", "link") == 0 && lchown("link", 5, 6) == 0);
    CHECK(lstat("link", &status) == 0 && status.st_uid == 5 && status.st_gid == 6);
    CHECK(stat("file", &status) == 0 && status.st_uid == 1000);
    return true;
}

bool times(void)
{
    CHECK(make_file("file", 0644));
    struct timespec const set[2] = {{1000, 5}, {2000, 999999999}};
    struct stat status;
    CHECK(utimensat(AT_FDCWD, "file", set, 0) == 0 && stat("file", &status) == 0);
    CHECK(status.st_atim.tv_sec == 1000 && status.st_mtim.tv_sec == 2000 &&
          status.st_mtim.tv_nsec == 999999999);
    struct timespec const one[2] = {{0, UTIME_OMIT}, {3000, 0}};
    int const file = open("file", O_RDWR);
    CHECK(futimens(file, one) == 0 && fstat(file, &status) == 0);
    CHECK(status.st_atim.tv_sec == 1000 && status.st_mtim.tv_sec == 3000);
    CHECK(write(file, "x", 1) == 1 && fstat(file, &status) == 0 && status.st_mtim.tv_sec > 3000);
    CHECK(utimensat(AT_FDCWD, "file", NULL, 0) == 0 && stat("file", &status) == 0);
    CHECK(status.st_atim.tv_sec > 1000);
    CHECK(symlink("file", "link") == 0);
    CHECK(utimensat(AT_FDCWD, "link", set, AT_SYMLINK_NOFOLLOW) == 0);
    CHECK(lstat("link", &status) == 0 && status.st_mtim.tv_sec == 2000);
    struct timespec const wrong[2] = {{0, 1000000000}, {0, 0}};
    CHECK_FAILS(utimensat(AT_FDCWD, "file", wrong, 0), EINVAL);
    return true;
}

bool access_rights(void)
{
    CHECK(make_file("file", 0600) && access("file", R_OK | W_OK) == 0);
    CHECK_FAILS(access("file", X_OK), EACCES);
    CHECK(chmod("file", 0100) == 0 && access("file", X_OK) == 0);
    CHECK_FAILS(access("nothing", F_OK), ENOENT);
    CHECK_FAILS(access("file/x", F_OK), ENOTDIR);
    CHECK(faccessat(AT_FDCWD, "file", R_OK, AT_EACCESS) == 0);
    CHECK_FAILS(access("file", 8), EINVAL);
    return true;
}

bool volumes(void)
{
    struct statfs disk, memory, open_one;
    CHECK(statfs("/bin/busybox", &disk) == 0 && statfs("/tmp", &memory) == 0);
    CHECK(disk.f_type == 0xef53 && memory.f_type == 0x01021994);
    CHECK(disk.f_blocks > 0 && disk.f_bfree < disk.f_blocks && disk.f_namelen == 255);
    int const file = open("/tmp/volumes", O_RDWR | O_CREAT, 0644);
    CHECK(fstatfs(file, &open_one) == 0 && open_one.f_type == memory.f_type);
    struct stat here, there;
    CHECK(stat("/", &here) == 0 && fstat(file, &there) == 0 && here.st_dev != there.st_dev);
    CHECK(unlink("/tmp/volumes") == 0);
    CHECK_FAILS(statfs("/nothing", &disk), ENOENT);
    return true;
}
