// What files and names promise, a function for each case.
#pragma once
#include "tests/posix/check.h"

bool make_file(char const* path, mode_t mode);

bool open_flags(void);
bool exclusive_create_has_one_winner(void);
bool an_unlinked_file_lives_until_it_is_closed(void);
bool appending_writers_do_not_overwrite(void);
bool duplicates_share_a_position(void);
bool positions_in_a_directory(void);

bool hard_links(void);
bool symbolic_links(void);
bool dots_and_links(void);
bool names_below_open_directories(void);
bool renaming(void);
bool special_files(void);
bool long_paths(void);

bool modes(void);
bool the_mask_of_new_files(void);
bool owners(void);
bool times(void);
bool access_rights(void);
bool volumes(void);
