"""The C library: what programs use of it, checked from inside by /tests/c-library."""


def test_the_c_library_keeps_its_promises(shell):
    groups = ["memory", "threads", "clocks", "files", "directories"]
    output = shell.command("/tests/c-library", limit=120)
    assert output.splitlines() == [f"{group}: ok" for group in groups]


def test_a_c_program_gets_its_arguments(shell):
    lines = shell.command("/bin/hello one 'two words'").splitlines()
    assert lines[0] == "Hello from Baton."
    assert lines[2:] == ["argument 1: one", "argument 2: two words"]


def test_a_cxx_program_uses_the_containers_of_its_library(shell):
    assert shell.command("/bin/primes 1000000") == "78498 primes, the largest is 999983"
