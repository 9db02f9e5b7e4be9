"""The C library: what programs use of it, checked from inside by /tests/c-library."""
import time


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


def test_a_cxx_program_has_exceptions_streams_and_threads(shell):
    groups = ["exceptions", "containers", "streams", "threads", "files"]
    output = shell.command("/tests/cxx-library", limit=120)
    assert output.splitlines() == [f"{group}: ok" for group in groups]


def test_the_date_is_that_of_the_building_machine(shell):
    before = int(time.time())
    told = int(shell.command("date +%s"))
    # The guest's clock starts with the host's and may fall behind it while the host is busy.
    assert before - 60 <= told <= int(time.time()) + 1


def test_a_new_file_has_the_time_of_its_making(shell):
    shell.command("sh -c 'date +%s > /made'")
    made = int(shell.command("stat -c %Y /made"))
    assert 0 <= int(shell.command("date +%s")) - made < 60
