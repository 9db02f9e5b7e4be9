"""The same image on a machine with another UART, other harts and no disk: a HiFive Unleashed."""
import re

import pytest
from harness import Machine


@pytest.fixture(scope="module")
def unleashed():
    with Machine(board="qemu-sifive-u", smp=5) as machine:
        yield machine.boot()
        machine.send("reboot\r")
        assert machine.wait() == 0


def test_it_finds_its_own_devices_and_says_what_is_missing(unleashed):
    log = unleashed.boot_log
    assert "Baton on SiFive HiFive Unleashed A00, 4 harts" in log
    assert re.search(r"devmgr: sifive,uart0 at 0x10010000", log)
    assert 'ns16550 not started: no device "ns16550a" in this machine' in log
    assert "no disk" in log


def test_the_drivers_of_other_machines_do_not_run(unleashed):
    listed = unleashed.command("ps")
    assert re.search(r"\bsifive-uart\b", listed), listed
    assert "ns16550" not in listed and "virtio" not in listed, listed


def test_the_line_can_be_typed_at_and_edited(unleashed):
    assert unleashed.command("echo one two") == "one two"
    assert unleashed.command("echo onX\x7fe") == "one"
    assert unleashed.command("nonsense\x15echo clean") == "clean"


def test_output_longer_than_any_buffer_arrives_whole(unleashed):
    text = "0123456789" * 20
    assert unleashed.command(f"echo {text}") == text
    assert len(unleashed.command("help").splitlines()) > 15


def test_commands_about_files_say_that_there_is_no_disk(unleashed):
    assert unleashed.command("ls") == "ls: no disk is there"
    assert "no disk" in unleashed.command("/bin/hello")


def test_it_says_that_it_cannot_switch_itself_off(unleashed):
    assert "cannot switch itself off" in unleashed.command("shutdown")
    assert unleashed.command("echo still there") == "still there"


@pytest.mark.parametrize("harts", [2, 3])
def test_it_boots_whatever_harts_there_are(harts):
    with Machine(board="qemu-sifive-u", smp=harts) as machine:
        machine.boot()
        assert f"Unleashed A00, {harts - 1} harts" in machine.boot_log
