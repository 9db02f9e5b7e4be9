"""Lua, built from the distribution's source: its libraries, and what it makes of errors."""

LIBRARIES = ["base", "coroutine", "string", "table", "math", "utf8", "io", "os", "package", "debug"]


def test_lua_has_all_of_its_libraries(shell):
    output = shell.command("lua /tests/libraries.lua", limit=120)
    assert output.splitlines() == [f"{library}: ok" for library in LIBRARIES]


def test_a_lua_script_on_the_command_line_gets_its_arguments(shell):
    assert shell.command("lua -e 'print(6 * 7)'") == "42"


def test_an_error_in_a_lua_script_is_shown_with_its_trace(shell):
    output = shell.command("lua -e 'local function f() error(\"broken\") end f()'")
    assert "lua: (command line):1: broken" in output
    assert "stack traceback:" in output
    assert shell.command("echo $?") == "1"
