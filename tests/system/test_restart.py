"""init starts servers again; who uses them goes on."""
import random
import zlib

import pytest
from harness import Machine, assert_clean, copy_disk, debugfs

MEBIBYTE = 1024 * 1024


def checksum(content):
    """What /tests/checksum prints."""
    return f"{zlib.crc32(content):08x} {len(content)}"


@pytest.fixture
def content():
    return random.Random(7).randbytes(8 * MEBIBYTE)


@pytest.fixture
def machine(tmp_path, content):
    image = copy_disk(tmp_path / "disk.img")
    big = tmp_path / "big"
    big.write_bytes(content)
    debugfs(image, f"write {big} /big", write=True)
    with Machine(image) as booted:
        yield booted.boot()
        assert booted.shutdown() == 0
    assert_clean(image)
    image.unlink()


def number_of(machine, name):
    rows = (row.split() for row in machine.command("ps").splitlines())
    return next((int(row[0]) for row in rows if row[1:2] == [name]), 0)


def end(machine, name):
    """Kills the program; returns when another one of that name has been started."""
    before = number_of(machine, name)
    assert machine.command(f"kill {name}") == ""
    for _ in range(10_000):
        if number_of(machine, name) > before:
            return
    pytest.fail(f"{name} was not started again")


def test_the_prompt_survives_its_console(machine):
    for _ in range(3):
        end(machine, "ns16550")
        assert machine.command("echo still here") == "still here"
    assert machine.command("/bin/hello") != ""


def test_the_file_server_goes_on_when_its_disk_driver_was_started_again(machine, content):
    machine.command("echo before > /before")
    end(machine, "virtio-blk")
    assert machine.command("/tests/checksum /big") == checksum(content)
    machine.command("echo after > /after")
    assert machine.command("sync") == ""
    end(machine, "virtio-blk")
    assert machine.command("cat /before /after") == "before\nafter"


def test_a_read_that_runs_while_the_disk_driver_is_killed_is_right(machine, content):
    machine.command("/tests/checksum /big &")
    assert machine.command("kill virtio-blk") == ""
    machine.expect(checksum(content))
    machine.command("")


def test_the_shell_finds_the_file_server_again(machine):
    machine.command("echo text > /file")
    machine.command("sync")
    end(machine, "fs")
    machine.command("ls /")  # the first call says that the server was restarted
    assert machine.command("cat /file") == "text"


def test_a_program_that_nobody_knows_is_not_killed(machine):
    assert "no entry of that name" in machine.command("kill nobody")


def test_the_date_and_random_numbers_survive_their_drivers(machine):
    for driver in ["goldfish-rtc", "virtio-rng"]:
        end(machine, driver)
    assert "clocks: ok" in machine.command("/tests/c-library", limit=120).splitlines()
