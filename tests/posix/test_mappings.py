"""Mapped files, checked from inside by /tests/posix-mappings."""
import pytest

CASES = [
    "a_private_mapping_is_a_copy",
    "a_shared_mapping_is_the_file",
    "processes_share_a_mapping",
    "fork_keeps_mappings",
    "shared_anonymous_memory",
    "a_mapped_file_stays_open",
    "parts_are_unmapped",
    "exec_leaves_mappings_behind",
    "the_last_page_ends_in_zeros",
    "beyond_the_end_there_is_nothing",
    "truncated_under_a_mapping",
    "holes_are_filled",
    "more_pages_than_are_kept",
    "system_calls_bring_pages_in",
    "reading_into_a_mapping_of_the_same_file",
    "synchronising",
    "rights",
    "arguments_are_checked",
    "files_in_memory",
    "a_mapped_file_is_in_memory_once",
    "others_read_and_write_at_once",
]


@pytest.mark.parametrize("case", CASES)
def test_mapped_files(posix_shell, case):
    assert posix_shell.run(f"/tests/posix-mappings {case}; rm -rf /mappings.tmp", limit=60) == "ok"
