"""Lua, built from the distribution's source: its libraries, and what it makes of errors."""
import pathlib
import shutil
import subprocess

import pytest

SCRIPT = pathlib.Path(__file__).parent / "every-function.lua"
ANSWERS = SCRIPT.with_suffix(".expected").read_text()

LIBRARIES = ["base", "coroutine", "string", "table", "math", "utf8", "io", "os", "package", "debug"]


def test_lua_has_all_of_its_libraries(shell):
    output = shell.command("lua /tests/libraries.lua", limit=120)
    assert output.splitlines() == [f"{library}: ok" for library in LIBRARIES]


def test_every_function_of_lua_answers_as_elsewhere(shell):
    """In a POSIX session: some of them run programs."""
    output = shell.command("posix /bin/busybox env EVERY_FUNCTION=set lua /tests/every-function.lua",
                           limit=120)
    assert output.split("\n") == ANSWERS.rstrip("\n").split("\n")


@pytest.mark.skipif(not shutil.which("lua5.4"), reason="needs lua5.4 on this machine")
def test_the_known_answers_are_those_of_this_machine(tmp_path):
    run = subprocess.run(["lua5.4", SCRIPT, tmp_path], text=True, capture_output=True, check=True,
                         env={"EVERY_FUNCTION": "set", "PATH": "/bin:/usr/bin", "TZ": "UTC"})
    assert run.stdout.replace(str(tmp_path), "/tmp") == ANSWERS


def test_a_lua_script_on_the_command_line_gets_its_arguments(shell):
    assert shell.command("lua -e 'print(6 * 7)'") == "42"


def test_an_error_in_a_lua_script_is_shown_with_its_trace(shell):
    output = shell.command("lua -e 'local function f() error(\"broken\") end f()'")
    assert "lua: (command line):1: broken" in output
    assert "stack traceback:" in output
    assert shell.command("echo $?") == "1"
