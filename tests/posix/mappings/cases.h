// What mapped files promise, a function for each case.
#pragma once
#include "tests/posix/children.h"
#include <sys/mman.h>

enum { page_bytes = 4096 };

// A file of so many pages, open for both; byte i of it is pattern(i).
int make_pages(char const* path, size_t pages);
unsigned char pattern(size_t offset);

// Whether loading a byte, or storing one, raises SIGBUS.
bool load_raises_bus_error(char const volatile* byte);
bool store_raises_bus_error(char volatile* byte);

bool a_private_mapping_is_a_copy(void);
bool a_shared_mapping_is_the_file(void);
bool processes_share_a_mapping(void);
bool fork_keeps_mappings(void);
bool shared_anonymous_memory(void);
bool a_mapped_file_stays_open(void);
bool parts_are_unmapped(void);
bool exec_leaves_mappings_behind(void);

bool the_last_page_ends_in_zeros(void);
bool beyond_the_end_there_is_nothing(void);
bool truncated_under_a_mapping(void);
bool holes_are_filled(void);
bool more_pages_than_are_kept(void);
bool system_calls_bring_pages_in(void);
bool reading_into_a_mapping_of_the_same_file(void);
bool synchronising(void);
bool rights(void);
bool arguments_are_checked(void);
bool files_in_memory(void);

bool a_mapped_file_is_in_memory_once(void);
bool others_read_and_write_at_once(void);
