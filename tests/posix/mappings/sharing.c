// Who sees what is stored.
#include "tests/posix/mappings/cases.h"
#include <fcntl.h>
#include <sys/wait.h>

static char* map(int file, size_t pages, int protection, int flags)
{
    return mmap(NULL, pages * page_bytes, protection, flags, file, 0);
}

static bool is_pattern(unsigned char const* bytes, size_t offset, size_t count)
{
    for (size_t i = 0; i < count; ++i)
        if (bytes[i] != pattern(offset + i))
            return false;
    return true;
}

bool a_private_mapping_is_a_copy(void)
{
    int const made = make_pages("file", 4);
    int const file = open("file", O_RDONLY);
    char* const pages = map(file, 4, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    CHECK(pages != MAP_FAILED && is_pattern((unsigned char*)pages, 0, 4 * page_bytes));
    pages[0] = 'x';
    pages[2 * page_bytes + 5] = 'y';
    char bytes[8];
    CHECK(pread(file, bytes, 1, 0) == 1 && bytes[0] == (char)pattern(0));
    CHECK(pwrite(made, "other", 5, 2 * page_bytes) == 5);
    CHECK(pages[2 * page_bytes + 5] == 'y' &&
          pages[2 * page_bytes] == (char)pattern(2 * page_bytes));

    char* const second = mmap(NULL, page_bytes, PROT_READ, MAP_PRIVATE, file, 3 * page_bytes);
    CHECK(second != MAP_FAILED && is_pattern((unsigned char*)second, 3 * page_bytes, page_bytes));
    CHECK(munmap(pages, 4 * page_bytes) == 0 &&
          is_pattern((unsigned char*)second, 3 * page_bytes, 9));
    return true;
}

bool a_shared_mapping_is_the_file(void)
{
    int const file = make_pages("file", 3);
    char* const pages = map(file, 3, PROT_READ | PROT_WRITE, MAP_SHARED);
    CHECK(pages != MAP_FAILED && is_pattern((unsigned char*)pages, 0, 3 * page_bytes));
    for (int round = 0; round < 3; ++round) {
        char bytes[8] = {0};
        pages[page_bytes + 10] = (char)('a' + round);
        CHECK(pread(file, bytes, 1, page_bytes + 10) == 1 && bytes[0] == 'a' + round);
        CHECK(pwrite(file, "written", 7, 2 * page_bytes - 3) == 7);
        CHECK(memcmp(pages + 2 * page_bytes - 3, "written", 7) == 0);
        CHECK(pages[page_bytes + 10] == 'a' + round);
        memset(pages + 2 * page_bytes - 3, '0' + round, 7);
        CHECK(pread(file, bytes, 7, 2 * page_bytes - 3) == 7 && bytes[6] == '0' + round);
    }
    char* const again = map(file, 3, PROT_READ, MAP_SHARED);
    pages[0] = 'z';
    CHECK(again != MAP_FAILED && again != pages && again[0] == 'z');
    CHECK(munmap(pages, 3 * page_bytes) == 0 && again[0] == 'z' && munmap(again, 1) == 0);
    return true;
}

static bool store_from_another_process(void)
{
    int const file = open("file", O_RDWR);
    char* const pages = map(file, 2, PROT_READ | PROT_WRITE, MAP_SHARED);
    CHECK(pages != MAP_FAILED && pages[100] == 'p');
    pages[page_bytes + 100] = 'c';
    return true;
}

bool processes_share_a_mapping(void)
{
    int const file = make_pages("file", 2);
    char* const pages = map(file, 2, PROT_READ | PROT_WRITE, MAP_SHARED);
    CHECK(pages != MAP_FAILED && pages[page_bytes] == (char)pattern(page_bytes));
    pages[100] = 'p';
    CHECK(passes_in_child(store_from_another_process));
    CHECK(pages[page_bytes + 100] == 'c');
    return true;
}

static char *shared, *private;

static bool store_after_fork(void)
{
    CHECK(shared[0] == 's' && private[0] == 'p');
    shared[1] = 'S';
    private[1] = 'P';
    CHECK(munmap(shared, page_bytes) == 0);
    return true;
}

bool fork_keeps_mappings(void)
{
    int const file = make_pages("file", 1);
    shared = map(file, 1, PROT_READ | PROT_WRITE, MAP_SHARED);
    private = map(file, 1, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    CHECK(shared != MAP_FAILED && private != MAP_FAILED && close(file) == 0);
    shared[0] = 's';
    private[0] = 'p';
    CHECK(passes_in_child(store_after_fork));
    CHECK(shared[1] == 'S' && private[1] == (char)pattern(1));
    shared[2] = '2';
    int const again = open("file", O_RDONLY);
    char bytes[3];
    CHECK(read(again, bytes, 3) == 3 && memcmp(bytes, "sS2", 3) == 0);
    return true;
}

static bool store_in_a_grandchild(void)
{
    shared[page_bytes] = 'g';
    return true;
}

static bool store_twice(void)
{
    shared[0] = 'c';
    return passes_in_child(store_in_a_grandchild);
}

bool shared_anonymous_memory(void)
{
    shared = map(-1, 2, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS);
    private = map(-1, 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);
    CHECK(shared != MAP_FAILED && private != MAP_FAILED);
    CHECK(passes_in_child(store_twice));
    CHECK(shared[0] == 'c' && shared[page_bytes] == 'g');
    return true;
}

bool a_mapped_file_stays_open(void)
{
    int file = make_pages("file", 2);
    char* const pages = map(file, 2, PROT_READ | PROT_WRITE, MAP_SHARED);
    CHECK(pages != MAP_FAILED && close(file) == 0 && unlink("file") == 0);
    CHECK(is_pattern((unsigned char*)pages, 0, 2 * page_bytes));
    pages[page_bytes] = 'x';
    file = make_pages("file", 1);  // another one
    CHECK(file >= 0 && pages[page_bytes] == 'x' && munmap(pages, 2 * page_bytes) == 0);
    return true;
}

bool parts_are_unmapped(void)
{
    int const file = make_pages("file", 5);
    char* const pages = map(file, 5, PROT_READ | PROT_WRITE, MAP_SHARED);
    CHECK(pages != MAP_FAILED && close(file) == 0);
    CHECK(munmap(pages + 2 * page_bytes, page_bytes) == 0);
    CHECK(msync(pages, 5 * page_bytes, MS_SYNC) < 0 && errno == ENOMEM);
    CHECK(is_pattern((unsigned char*)pages + 3 * page_bytes, 3 * page_bytes, 2 * page_bytes));
    CHECK(munmap(pages, 2 * page_bytes) == 0);
    pages[4 * page_bytes] = 'x';
    char* const over = mmap(pages + 3 * page_bytes, page_bytes, PROT_READ,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    CHECK(over == pages + 3 * page_bytes && over[0] == 0 && pages[4 * page_bytes] == 'x');
    CHECK(munmap(pages + 3 * page_bytes, 2 * page_bytes) == 0);
    return true;
}

bool exec_leaves_mappings_behind(void)
{
    int const file = make_pages("file", 1);
    pid_t const child = fork();
    if (child == 0) {
        char* const pages = map(file, 1, PROT_READ | PROT_WRITE, MAP_SHARED);
        pages[0] = 'e';
        close(file);
        execl("/tests/posix-mappings", "posix-mappings", "count-pages", NULL);
        _exit(1);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 7);
    char byte;
    CHECK(pread(file, &byte, 1, 0) == 1 && byte == 'e');
    return true;
}
