"""Each command of the shell, and what it says to nonsense."""
import re


def assert_message(output, *words):
    """One clear message on one line, which names what it is about."""
    assert output.strip() and len(output.strip().splitlines()) == 1, output
    for word in words:
        assert word in output, output


def test_help_lists_every_command(shell):
    listed = shell.command("help")
    for name in ["ls", "cat", "echo", "cp", "rm", "mkdir", "ps", "help", "shutdown"]:
        assert name in listed


def test_echo_prints_its_arguments(shell):
    assert shell.command("echo one two") == "one two"


def test_echo_into_a_file_and_cat_give_the_text_back(shell):
    assert shell.command("echo hello world > /greeting") == ""
    assert shell.command("cat /greeting") == "hello world"


def test_echo_into_a_file_replaces_what_was_there(shell):
    shell.command("echo a long first line > /replaced")
    shell.command("echo short > /replaced")
    assert shell.command("cat /replaced") == "short"


def test_ls_shows_the_files_of_the_host(shell):
    assert "readme" in shell.command("ls /")
    assert "Baton" in shell.command("cat /readme")


def test_cp_makes_a_copy(shell):
    shell.command("echo copy me > /original")
    assert shell.command("cp /original /copied") == ""
    assert shell.command("cat /copied") == "copy me"
    assert "original" in shell.command("ls /")


def test_rm_removes_a_file(shell):
    shell.command("echo gone > /doomed")
    assert shell.command("rm /doomed") == ""
    assert "doomed" not in shell.command("ls /")


def test_mkdir_makes_a_directory_for_files(shell):
    assert shell.command("mkdir /folder") == ""
    shell.command("echo inside > /folder/file")
    assert "file" in shell.command("ls /folder")
    assert shell.command("cat /folder/file") == "inside"


def test_nonsense_is_answered(shell):
    assert_message(shell.command("frobnicate now"), "frobnicate")


def test_a_missing_file_is_named(shell):
    assert_message(shell.command("cat /no/such/file"), "/no/such/file")
    assert_message(shell.command("cp /missing /x"), "/missing")
    assert_message(shell.command("rm /missing"), "/missing")
    assert_message(shell.command("ls /missing"), "/missing")


def test_a_directory_is_no_file(shell):
    shell.command("mkdir /plain")
    assert_message(shell.command("cat /plain"), "/plain")
    assert_message(shell.command("echo text > /plain"), "/plain")
    assert_message(shell.command("/plain"), "/plain")


def test_what_exists_is_not_made_again(shell):
    shell.command("mkdir /twice")
    assert_message(shell.command("mkdir /twice"), "/twice")


def test_a_corrupt_program_does_not_run(shell):
    shell.command("echo this is no program > /corrupt")
    assert_message(shell.command("/corrupt"), "/corrupt")
    assert shell.command("echo still here") == "still here"


def test_backspace_and_control_u_edit_the_line(shell):
    assert shell.command("echo wrnog\b\b\b\bong") .endswith("wong")
    assert shell.command("echo nonsense\x15echo sense") == "sense"


def test_arrow_keys_bring_back_earlier_lines(shell):
    shell.command("echo first")
    shell.command("echo second")
    assert shell.command("\x1b[A\x1b[A") == "first"
    assert shell.command("\x1b[A\x1b[A\x1b[B") == "first"


def test_commands_of_one_line_run_one_after_the_other(shell):
    assert shell.command("echo one > /first; cat /first; cat /none; echo $?") == \
        "one\ncat: /none: no entry of that name\n1"


def test_an_empty_line_does_nothing(shell):
    assert shell.command("") == ""
    assert shell.command("     ") == ""


def test_where_says_in_which_processes_the_time_went(shell):
    in_fs = None
    for _ in range(300):  # it is a sample
        shell.command("cp /bin/busybox /copy")
        in_fs = re.search(r"^ *[0-9]+  shell .*\bfs ([0-9]+)", shell.command("where"), re.MULTILINE)
        if in_fs and int(in_fs.group(1)) >= 20:
            break
    shell.command("rm /copy")
    assert in_fs and int(in_fs.group(1)) >= 20
