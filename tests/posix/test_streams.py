"""Bytes on their way, and what threads share, checked from inside by /tests/posix-streams."""
import pytest

CASES = [
    "any_pieces",
    "full_and_empty",
    "ends_of_a_pipe",
    "whole_records",
    "duplicates",
    "every_kind",
    "any_place_and_length",
    "space_comes_back",
    "threads_leave_nothing",
    "threads_share_descriptors",
    "a_stack_overflow_is_found",
]


@pytest.mark.parametrize("case", CASES)
def test_streams(posix_shell, case):
    assert posix_shell.run(f"/tests/posix-streams {case}; rm -rf /streams.tmp", limit=60) == "ok"
