#include "check.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char const path[] = "/c-library.tmp";

static bool what_was_written_is_read(void)
{
    int const file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0644);
    CHECK(file >= 0);
    CHECK(write(file, "hello, world", 12) == 12);
    CHECK(lseek(file, 7, SEEK_SET) == 7);
    char text[16] = "";
    CHECK(read(file, text, sizeof text) == 5 && strcmp(text, "world") == 0);
    CHECK(read(file, text, sizeof text) == 0);
    CHECK(pread(file, text, 5, 0) == 5 && memcmp(text, "hello", 5) == 0);
    CHECK(ftruncate(file, 5) == 0);
    struct stat status;
    CHECK(fstat(file, &status) == 0 && status.st_size == 5 && S_ISREG(status.st_mode));
    CHECK(fsync(file) == 0 && close(file) == 0);
    CHECK(close(file) != 0 && errno == EBADF);
    return true;
}

static bool appended_text_goes_to_the_end(void)
{
    int const file = open(path, O_WRONLY | O_APPEND);
    CHECK(file >= 0);
    CHECK(write(file, "!", 1) == 1);
    char byte;
    CHECK(read(file, &byte, 1) < 0 && errno == EBADF);
    close(file);
    return true;
}

static bool streams_work(void)
{
    FILE* stream = fopen(path, "r+");
    CHECK(stream != NULL);
    char line[64];
    CHECK(fgets(line, sizeof line, stream) != NULL && strcmp(line, "hello!") == 0);
    CHECK(fseek(stream, 0, SEEK_SET) == 0);
    CHECK(fprintf(stream, "%d %s\n", 42, "lines") == 9);
    CHECK(fseek(stream, 0, SEEK_SET) == 0);
    int number = 0;
    CHECK(fscanf(stream, "%d %63s", &number, line) == 2 && number == 42);
    CHECK(fclose(stream) == 0);
    return true;
}

static bool descriptors_share_their_position(void)
{
    int const file = open(path, O_RDONLY);
    int const copy = dup(file);
    char text[3] = "";
    CHECK(copy > file);
    CHECK(read(file, text, 2) == 2 && strcmp(text, "42") == 0);
    CHECK(lseek(copy, 0, SEEK_CUR) == 2);
    CHECK(close(file) == 0 && read(copy, text, 1) == 1 && close(copy) == 0);
    return true;
}

static bool errors_say_what_is_wrong(void)
{
    CHECK(open("/no/such/file", O_RDONLY) < 0 && errno == ENOENT);
    CHECK(open(path, O_RDWR | O_CREAT | O_EXCL, 0644) < 0 && errno == EEXIST);
    CHECK(open("/", O_WRONLY) < 0 && errno == EISDIR);
    CHECK(lseek(STDOUT_FILENO, 0, SEEK_CUR) < 0 && errno == ESPIPE);
    return true;
}

bool files_work(void)
{
    bool const passed = what_was_written_is_read() && appended_text_goes_to_the_end() &&
                        streams_work() && descriptors_share_their_position() &&
                        errors_say_what_is_wrong();
    unlink(path);
    return passed;
}
