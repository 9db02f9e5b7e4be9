// many-files FOLDER COUNT: makes files, reads each back, removes all, and prints how many of each.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char name[256];

static void set_name(char const* folder, int index)
{
    snprintf(name, sizeof name, "%s/file-%d", folder, index);
}

static int make_one(void)
{
    int file = open(name, O_WRONLY | O_CREAT | O_EXCL, 0644);
    if (file < 0)
        return 0;
    size_t length = strlen(name);
    int good = write(file, name, length) == (ssize_t)length;
    return close(file) == 0 && good;
}

static int read_one(void)
{
    char content[sizeof name];
    int file = open(name, O_RDONLY);
    if (file < 0)
        return 0;
    ssize_t count = read(file, content, sizeof content);
    close(file);
    return count == (ssize_t)strlen(name) && memcmp(content, name, strlen(name)) == 0;
}

static int remove_one(void) { return unlink(name) == 0; }

// How many of the files `action` succeeds for; the first that fails ends it.
static int for_each(char const* folder, int count, int (*action)(void))
{
    for (int i = 0; i < count; ++i) {
        set_name(folder, i);
        if (!action()) {
            fprintf(stderr, "many-files: %s: %s\n", name, strerror(errno));
            return i;
        }
    }
    return count;
}

int main(int argument_count, char** arguments)
{
    if (argument_count != 3) {
        fprintf(stderr, "usage: many-files FOLDER COUNT\n");
        return 2;
    }
    int const count = atoi(arguments[2]);
    int const made = for_each(arguments[1], count, make_one);
    int const read_back = for_each(arguments[1], count, read_one);
    int const removed = for_each(arguments[1], count, remove_one);
    printf("%d made, %d read, %d removed\n", made, read_back, removed);
    return made == count && read_back == count && removed == count ? 0 : 1;
}
