// posix-files: checks of files, names and their attributes.
#include "tests/posix/files/cases.h"
#include <fcntl.h>

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(open_flags),
    CASE(exclusive_create_has_one_winner),
    CASE(an_unlinked_file_lives_until_it_is_closed),
    CASE(appending_writers_do_not_overwrite),
    CASE(duplicates_share_a_position),
    CASE(positions_in_a_directory),
    CASE(hard_links),
    CASE(symbolic_links),
    CASE(dots_and_links),
    CASE(names_below_open_directories),
    CASE(renaming),
    CASE(special_files),
    CASE(long_paths),
    CASE(modes),
    CASE(the_mask_of_new_files),
    CASE(owners),
    CASE(times),
    CASE(access_rights),
    CASE(volumes),
};

bool make_file(char const* path, mode_t mode)
{
    int const file = open(path, O_WRONLY | O_CREAT | O_EXCL, mode);
    return file >= 0 && close(file) == 0;
}

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/files.tmp", cases); }
