"""Files, names and their attributes, checked from inside by /tests/posix-files."""
import pytest

CASES = [
    "open_flags",
    "exclusive_create_has_one_winner",
    "an_unlinked_file_lives_until_it_is_closed",
    "appending_writers_do_not_overwrite",
    "duplicates_share_a_position",
    "positions_in_a_directory",
    "hard_links",
    "symbolic_links",
    "dots_and_links",
    "names_below_open_directories",
    "renaming",
    "special_files",
    "long_paths",
    "modes",
    "the_mask_of_new_files",
    "owners",
    "times",
    "access_rights",
    "volumes",
]


@pytest.mark.parametrize("case", CASES)
def test_files(posix_shell, case):
    assert posix_shell.run(f"/tests/posix-files {case}; rm -rf /files.tmp", limit=60) == "ok"
