"""How programs start and end: what the loader refuses, and what the shell says about the rest."""
import re
import struct

import pytest
from harness import Machine, assert_clean, copy_disk, debugfs, target_folder

PROGRAM_HEADERS = 64  # where linkers put them
HEADER_BYTES = 56


def change(elf, offset, layout, value):
    changed = bytearray(elf)
    struct.pack_into(layout, changed, offset, value)
    return bytes(changed)


def segment(elf, flags):
    """Where the program header of the first loadable segment with these flags is."""
    count = struct.unpack_from("<H", elf, 56)[0]
    for index in range(count):
        at = PROGRAM_HEADERS + index * HEADER_BYTES
        if struct.unpack_from("<II", elf, at) == (1, flags):
            return at
    raise AssertionError("the test program has no such segment")


def move(elf, header, page):
    """Moves a segment to another page, so that it stays congruent with its place in the file."""
    address = struct.unpack_from("<Q", elf, header + 16)[0] % 4096
    return change(elf, header + 16, "<Q", page + address)


# Each takes the file and where the program headers of its text and its data are.
DAMAGES = {
    "empty": lambda elf, text, data: b"",
    "short": lambda elf, text, data: elf[:100],
    "cut": lambda elf, text, data: elf[:len(elf) // 2],
    "other-machine": lambda elf, text, data: change(elf, 18, "<H", 62),
    "dynamic": lambda elf, text, data: change(elf, 16, "<H", 3),
    "writable-text": lambda elf, text, data: change(elf, text + 4, "<I", 7),
    "entry-at-zero": lambda elf, text, data: change(elf, 24, "<Q", 0),
    "start-page": lambda elf, text, data: move(elf, data, 0x10000),
    "kernel": lambda elf, text, data: move(elf, data, 0xffffffff80000000),
    "over-loader": lambda elf, text, data: move(elf, data, 0x3dff000000),
    "over-stack": lambda elf, text, data: move(elf, data, 0x3dfcfff000),
    "huge": lambda elf, text, data: change(elf, data + 40, "<Q", 1 << 36),
    "end-of-space": lambda elf, text, data: change(elf, data + 40, "<Q", (1 << 64) - 1),
}


def damaged(name):
    elf = (target_folder() / "tests/programs/endings/endings").read_bytes()
    return DAMAGES[name](elf, segment(elf, 5), segment(elf, 6))


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    folder = tmp_path_factory.mktemp("programs")
    image = copy_disk(folder / "disk.img")
    for name in DAMAGES:
        (folder / name).write_bytes(damaged(name))
        debugfs(image, f"write {folder / name} {name}", write=True)
    with Machine(image) as machine:
        yield machine.boot()
        assert machine.shutdown() == 0
    assert_clean(image)
    image.unlink()


def message(shell, command):
    """What the shell itself says: log lines may come in between."""
    lines = shell.command(command).splitlines()
    lines = [line for line in lines if line and not re.match(r"\[ *\d+\.\d+\] ", line)]
    assert len(lines) == 1, lines
    return lines[0]


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_program_is_refused(shell, name):
    said = message(shell, f"/{name}")
    assert said.startswith(f"/{name}: ")
    assert "killed" not in said
    assert shell.command("echo $?") == "126"


def test_an_exit_status_is_passed_on(shell):
    assert message(shell, "/tests/endings exit 42") == "/tests/endings: exit status 42"
    assert shell.command("echo $?") == "42"
    assert shell.command("/tests/endings exit 0") == ""
    assert shell.command("echo $?") == "0"


@pytest.mark.parametrize("way, exception", [
    ("store", "store page fault at pc 0x[0-9a-f]+, address 0x8"),
    ("privileged", "illegal instruction at pc 0x[0-9a-f]+, address 0x[0-9a-f]+"),
    ("jump", "instruction page fault at pc 0xffffffff80000000, address 0xffffffff80000000"),
    ("recurse", "store page fault at pc 0x[0-9a-f]+, address 0x3d[0-9a-f]+"),
])
def test_a_fatal_exception_ends_only_its_program(shell, way, exception):
    assert re.fullmatch(f"/tests/endings: killed: {exception}",
                        message(shell, f"/tests/endings {way}"))
    assert shell.command("echo $?") == "139"


def test_memory_ends_with_the_quota(shell):
    # Pages are charged when they are touched first: one that cannot be had ends it.
    before = shell.command("ps")
    said = message(shell, "/tests/endings memory")
    assert re.search("killed: out of memory: store page fault at pc ", said), said
    assert len(shell.command("ps").splitlines()) == len(before.splitlines())


def test_an_endless_loop_in_the_background_is_killed(shell):
    started = shell.command("/tests/endings loop &")
    number = re.search(r"\[(\d+)\] /tests/endings", started).group(1)
    assert re.search(rf"^ *{number}  endings ", shell.command("ps"), re.MULTILINE)
    assert "killed" in shell.command(f"kill {number}")
    assert not re.search(rf"^ *{number}  endings ", shell.command("ps"), re.MULTILINE)


def interrupt(shell, line):
    """Types ^C when the endless loop of the line has begun; what is printed until the prompt."""
    shell.send(line + "\r")
    shell.expect("\nlooping")
    shell.send("\x03")
    shell.expect("endings: killed")
    shell.expect(re.escape(shell.prompt))
    return shell.console.before


def test_control_c_ends_an_endless_loop(shell):
    interrupt(shell, "/tests/endings loop")
    assert shell.command("echo $?") == "137"


def test_control_c_ends_the_rest_of_the_line(shell):
    assert "the rest" not in interrupt(shell, "/tests/endings loop; echo the' 'rest")


def test_a_hundred_programs_leave_nothing_behind(shell):
    def used():
        return {line.split()[1]: int(line.split()[2])
                for line in shell.command("ps").splitlines()[1:]}
    shell.command("/tests/endings exit 0")
    before = used()
    for _ in range(100):
        assert shell.command("/tests/endings exit 0") == ""
    after = used()
    assert after.keys() == before.keys()
    assert after["init"] <= before["init"] + 16
    assert after["shell"] <= before["shell"] + 16


def test_a_shell_that_ends_is_started_again(shell):
    shell.send("exit\r")
    shell.expect("shell is started again in 100 ms")
    shell.expect(re.escape(shell.prompt))
    assert shell.command("echo $?") == "0"
    assert shell.command("/tests/endings exit 0") == ""
