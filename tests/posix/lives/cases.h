// How processes begin and end, a function for each case.
#pragma once
#include "tests/posix/children.h"

// What the child's end has told its parent, as waitpid() has it.
int status_of(pid_t child);

// All that comes until everybody has closed the other end; ends with a 0. At most `size` bytes.
void read_to_end(int file, char* text, size_t size);

// Memory of the machine that nobody uses, in bytes.
unsigned long free_memory(void);

bool fork_returns_in_both(void);
bool nothing_of_a_copy_is_shared(void);
bool open_files_are_shared_until_the_last_closes(void);
bool x_has_three_values(void);
bool a_child_that_prints_and_one_that_does_not(void);

bool who_has_ended_waits_for_its_parent(void);
bool who_has_ended_has_no_memory(void);
bool nobody_is_left_when_the_parent_ends(void);
bool no_memory_for_a_copy(void);
