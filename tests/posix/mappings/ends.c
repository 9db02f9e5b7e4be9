// Ends of files, what may be mapped, and what reaches the disk.
#include "tests/posix/mappings/cases.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

static char* map_shared(int file, size_t pages)
{
    return mmap(NULL, pages * page_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
}

bool the_last_page_ends_in_zeros(void)
{
    int const file = open("file", O_RDWR | O_CREAT, 0644);
    CHECK(write(file, "short", 5) == 5);
    char* const pages = map_shared(file, 1);
    CHECK(pages != MAP_FAILED && pages[4] == 't' && pages[5] == 0 && pages[page_bytes - 1] == 0);
    pages[5] = 'x';  // is not the file's
    struct stat status;
    CHECK(fstat(file, &status) == 0 && status.st_size == 5);
    CHECK(ftruncate(file, 100) == 0 && pages[5] == 0);
    char bytes[100];
    CHECK(pread(file, bytes, 100, 0) == 100 && memcmp(bytes, "short\0", 6) == 0 && bytes[99] == 0);
    return true;
}

bool beyond_the_end_there_is_nothing(void)
{
    int const file = make_pages("file", 1);
    char* const pages = map_shared(file, 3);
    CHECK(pages != MAP_FAILED && pages[0] == (char)pattern(0));
    CHECK(load_raises_bus_error(pages + page_bytes) &&
          store_raises_bus_error(pages + page_bytes + 9));
    CHECK(pwrite(file, "grown", 5, page_bytes) == 5 && pages[page_bytes] == 'g');
    CHECK(!store_raises_bus_error(pages + 2 * page_bytes - 1));
    CHECK(load_raises_bus_error(pages + 2 * page_bytes));
    char* const private = mmap(NULL, 3 * page_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    CHECK(private[page_bytes] == 'g' && store_raises_bus_error(private + 2 * page_bytes));

    pid_t const child = fork();
    if (child == 0) {
        signal(SIGBUS, SIG_DFL);
        _exit(pages[2 * page_bytes]);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGBUS);
    return true;
}

bool truncated_under_a_mapping(void)
{
    int const file = make_pages("file", 3);
    char* const pages = map_shared(file, 3);
    pages[2 * page_bytes] = 'x';
    pages[page_bytes + 1000] = 'y';
    CHECK(ftruncate(file, page_bytes + 500) == 0);
    CHECK(load_raises_bus_error(pages + 2 * page_bytes));
    CHECK(pages[page_bytes + 499] == (char)pattern(page_bytes + 499) &&
          pages[page_bytes + 1000] == 0);
    CHECK(ftruncate(file, 3 * page_bytes) == 0);
    CHECK(pages[page_bytes + 1000] == 0 && pages[2 * page_bytes] == 0);
    pages[0] = 'z';
    int const emptied = open("file", O_WRONLY | O_TRUNC);
    CHECK(emptied >= 0 && load_raises_bus_error(pages));
    CHECK(write(emptied, "new", 3) == 3 && memcmp(pages, "new\0", 4) == 0);
    return true;
}

bool holes_are_filled(void)
{
    int const file = open("file", O_RDWR | O_CREAT, 0644);
    CHECK(ftruncate(file, 8 * page_bytes) == 0);
    char* const pages = map_shared(file, 8);
    CHECK(pages != MAP_FAILED && pages[5 * page_bytes] == 0);
    pages[5 * page_bytes + 1] = 'h';
    CHECK(munmap(pages, 8 * page_bytes) == 0);
    char bytes[2];
    CHECK(pread(file, bytes, 2, 5 * page_bytes) == 2 && bytes[0] == 0 && bytes[1] == 'h');
    struct stat status;
    CHECK(fstat(file, &status) == 0 && status.st_size == 8 * page_bytes);
    CHECK(status.st_blocks > 0 && status.st_blocks <= 16);
    return true;
}

// More than the file server keeps at a time.
bool more_pages_than_are_kept(void)
{
    enum { pages = 1000 };
    int const file = open("file", O_RDWR | O_CREAT, 0644);
    CHECK(ftruncate(file, (off_t)pages * page_bytes) == 0);
    char* const bytes = map_shared(file, pages);
    CHECK(bytes != MAP_FAILED);
    for (int round = 0; round < 2; ++round)
        for (int page = 0; page < pages; ++page) {
            CHECK(bytes[(size_t)page * page_bytes] == (round == 0 ? 0 : (char)page));
            bytes[(size_t)page * page_bytes] = (char)page;
        }
    for (int page = 0; page < pages; ++page) {
        char byte;
        CHECK(pread(file, &byte, 1, (off_t)page * page_bytes) == 1 && byte == (char)page);
    }
    return true;
}

// A page that the file does not have is no buffer; one that is only not there yet, is.
bool system_calls_bring_pages_in(void)
{
    int const file = make_pages("file", 2);
    int const source = make_pages("source", 2);
    char* const pages = map_shared(file, 4);
    char* const from = map_shared(source, 2);
    CHECK(pwrite(file, from, 2 * page_bytes, 0) == 2 * page_bytes);
    CHECK(lseek(source, 0, SEEK_END) > 0 && read(source, pages, 2 * page_bytes) == 0);
    CHECK(pread(source, pages, 2 * page_bytes, 0) == 2 * page_bytes);
    CHECK(memcmp(pages, from, 2 * page_bytes) == 0);

    char* const missing = pages + 3 * page_bytes;
    int ends[2];
    char bytes[5] = "";
    CHECK_FAILS(pread(source, missing, 10, 0), EFAULT);
    CHECK_FAILS(pwrite(source, missing, 10, 0), EFAULT);
    CHECK_FAILS(pread(source, missing - page_bytes, 2 * page_bytes, 0), EFAULT);
    CHECK(pipe(ends) == 0 && write(ends[1], "kept", 4) == 4);
    CHECK_FAILS(read(ends[0], missing, 4), EFAULT);
    CHECK_FAILS(write(ends[1], missing, 4), EFAULT);
    CHECK(read(ends[0], bytes, 4) == 4 && strcmp(bytes, "kept") == 0);
    CHECK(load_raises_bus_error(missing));  // for the program itself it is as before
    return true;
}

bool reading_into_a_mapping_of_the_same_file(void)
{
    int const file = make_pages("file", 4);
    char* const pages = map_shared(file, 4);
    CHECK(pages != MAP_FAILED &&
          pread(file, pages, 2 * page_bytes, 2 * page_bytes) == 2 * page_bytes);
    for (size_t i = 0; i < 2 * page_bytes; ++i)
        CHECK(pages[i] == (char)pattern(2 * page_bytes + i));
    CHECK(pwrite(file, pages, page_bytes, 3 * page_bytes) == page_bytes);
    CHECK(pages[3 * page_bytes] == (char)pattern(2 * page_bytes));
    return true;
}

bool synchronising(void)
{
    int const file = make_pages("file", 2);
    char* const pages = map_shared(file, 2);
    struct stat before, after;
    struct timespec const long_ago[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    CHECK(pages != MAP_FAILED && futimens(file, long_ago) == 0 && fstat(file, &before) == 0);
    CHECK(pages[0] == (char)pattern(0) && fstat(file, &after) == 0 && after.st_mtime == 1000);
    pages[0] = 'x';
    CHECK(msync(pages, 2 * page_bytes, MS_SYNC) == 0 && fstat(file, &after) == 0);
    CHECK(after.st_mtime != before.st_mtime);
    CHECK(futimens(file, long_ago) == 0 && msync(pages, page_bytes, MS_SYNC) == 0);
    CHECK(fstat(file, &after) == 0 && after.st_mtime == 1000);  // nothing was stored since
    CHECK(msync(pages, page_bytes, MS_ASYNC) == 0);
    CHECK_FAILS(msync(pages, page_bytes, MS_ASYNC | MS_SYNC), EINVAL);
    CHECK_FAILS(msync(pages + 1, page_bytes, MS_SYNC), EINVAL);
    CHECK(munmap(pages, 2 * page_bytes) == 0);
    CHECK_FAILS(msync(pages, page_bytes, MS_SYNC), ENOMEM);
    return true;
}

#define CHECK_REFUSED(call, error) CHECK((call) == MAP_FAILED && errno == (error))

bool rights(void)
{
    int const both = make_pages("file", 1);
    int const reading = open("file", O_RDONLY);
    int const writing = open("file", O_WRONLY);
    int const read_write = PROT_READ | PROT_WRITE;
    CHECK_REFUSED(mmap(NULL, page_bytes, read_write, MAP_SHARED, reading, 0), EACCES);
    CHECK_REFUSED(mmap(NULL, page_bytes, PROT_READ, MAP_SHARED, writing, 0), EACCES);
    CHECK_REFUSED(mmap(NULL, page_bytes, PROT_WRITE, MAP_SHARED, writing, 0), EACCES);
    CHECK_REFUSED(mmap(NULL, page_bytes, PROT_READ, MAP_PRIVATE, writing, 0), EACCES);
    char* const shown = mmap(NULL, page_bytes, PROT_READ, MAP_SHARED, reading, 0);
    CHECK(shown != MAP_FAILED && shown[0] == (char)pattern(0));
    CHECK_FAILS(mprotect(shown, page_bytes, read_write), EACCES);
    char* const own = mmap(NULL, page_bytes, PROT_READ, MAP_PRIVATE, reading, 0);
    CHECK(own != MAP_FAILED && mprotect(own, page_bytes, read_write) == 0);
    own[0] = 'x';
    char* const changed = mmap(NULL, page_bytes, PROT_READ, MAP_SHARED, both, 0);
    CHECK(changed != MAP_FAILED && mprotect(changed, page_bytes, read_write) == 0);
    changed[0] = 'y';
    CHECK(shown[0] == 'y' && own[0] == 'x');
    return true;
}

bool arguments_are_checked(void)
{
    int const file = make_pages("file", 1);
    int pipe_ends[2];
    CHECK(pipe(pipe_ends) == 0);
    CHECK_REFUSED(mmap(NULL, page_bytes, PROT_READ, MAP_SHARED, 99, 0), EBADF);
    CHECK_REFUSED(mmap(NULL, 0, PROT_READ, MAP_SHARED, file, 0), EINVAL);
    CHECK_REFUSED(mmap(NULL, page_bytes, PROT_READ, MAP_SHARED, file, 17), EINVAL);
    CHECK_REFUSED(mmap(NULL, page_bytes, PROT_READ, 0, file, 0), EINVAL);
    CHECK_REFUSED(mmap(NULL, page_bytes, PROT_READ, MAP_SHARED, pipe_ends[0], 0), ENODEV);
    int const folder = open(".", O_RDONLY);
    CHECK_REFUSED(mmap(NULL, page_bytes, PROT_READ, MAP_SHARED, folder, 0), ENODEV);
    CHECK_REFUSED(mmap(NULL, page_bytes, PROT_READ, MAP_SHARED, file, 1ll << 40), EOVERFLOW);
    return true;
}

bool files_in_memory(void)
{
    int const file = make_pages("/tmp/mapped", 2);
    char* const pages = map_shared(file, 2);
    CHECK(pages != MAP_FAILED && pages[page_bytes] == (char)pattern(page_bytes));
    pages[page_bytes] = 'm';
    char byte;
    CHECK(pread(file, &byte, 1, page_bytes) == 1 && byte == 'm' && unlink("/tmp/mapped") == 0);
    CHECK(ftruncate(file, 10) == 0 && load_raises_bus_error(pages + page_bytes));
    return true;
}
