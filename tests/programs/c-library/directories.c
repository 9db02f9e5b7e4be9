#include "check.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { file_count = 200 };

static bool make_files(void)
{
    CHECK(mkdir("/c-library.dir", 0755) == 0);
    CHECK(mkdir("/c-library.dir", 0755) != 0 && errno == EEXIST);
    CHECK(mkdir("/", 0755) != 0 && errno == EEXIST);
    CHECK(mkdir("..", 0755) != 0 && errno == EEXIST);
    CHECK(chdir("/c-library.dir") == 0);
    for (int i = 0; i < file_count; ++i) {
        char name[32];
        snprintf(name, sizeof name, "file-with-number-%d", i);
        int const file = open(name, O_CREAT | O_WRONLY, 0644);
        CHECK(file >= 0 && close(file) == 0);
    }
    return true;
}

static bool each_name_is_listed_once(void)
{
    static bool seen[file_count];
    DIR* directory = opendir(".");
    CHECK(directory != NULL);
    int found = 0;
    for (struct dirent* entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        int const number = atoi(entry->d_name + strlen("file-with-number-"));
        CHECK(number >= 0 && number < file_count && !seen[number]);
        CHECK(entry->d_type == DT_REG);
        seen[number] = true;
        ++found;
    }
    CHECK(found == file_count);
    CHECK(closedir(directory) == 0);
    return true;
}

static bool names_can_be_changed(void)
{
    CHECK(rename("file-with-number-0", "../c-library.moved") == 0);
    CHECK(access("file-with-number-0", F_OK) != 0 && errno == ENOENT);
    CHECK(access("/c-library.moved", F_OK) == 0);
    CHECK(rename("/c-library.moved", "file-with-number-0") == 0);
    return true;
}

static bool paths_are_relative_to_where_we_are(void)
{
    char place[64];
    CHECK(getcwd(place, sizeof place) != NULL && strcmp(place, "/c-library.dir") == 0);
    struct stat status;
    CHECK(stat("../c-library.dir/./file-with-number-1", &status) == 0);
    CHECK(stat(".", &status) == 0 && S_ISDIR(status.st_mode));
    CHECK(chdir("file-with-number-1") != 0 && errno == ENOTDIR);
    int const directory = open("/c-library.dir", O_RDONLY | O_DIRECTORY);
    CHECK(directory >= 0 && fstatat(directory, "file-with-number-2", &status, 0) == 0);
    CHECK(close(directory) == 0);
    return true;
}

static bool remove_files(void)
{
    CHECK(rmdir("/c-library.dir") != 0 && errno == ENOTEMPTY);
    for (int i = 0; i < file_count; ++i) {
        char name[32];
        snprintf(name, sizeof name, "file-with-number-%d", i);
        CHECK(unlink(name) == 0);
    }
    CHECK(chdir("/") == 0 && rmdir("/c-library.dir") == 0);
    return true;
}

bool directories_work(void)
{
    return make_files() && each_name_is_listed_once() && names_can_be_changed() &&
           paths_are_relative_to_where_we_are() && remove_files();
}
