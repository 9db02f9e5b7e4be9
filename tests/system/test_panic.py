"""The kernel's own end: a report that names functions, and a machine that stops."""
import re

from harness import Machine, target_folder


def test_a_kernel_without_an_archive_says_so_and_names_where_it_was(disk):
    with Machine(disk, smp=1, image=target_folder() / "kernel/kernel") as machine:
        machine.console.expect("kernel panic on hart \\d+: no boot archive behind the kernel")
        status = machine.wait()
        backtrace = machine.console.before
        assert re.search(r"0xffffffff8\w{7} kernel_main \+ \d+", backtrace), backtrace
        assert status == 1


def test_a_program_that_fails_ends_the_machine_with_a_status(disk):
    image = target_folder() / "scenarios/donation-cold.bin"  # its file is not on this disk
    with Machine(disk, smp=1, image=image) as machine:
        status = machine.wait()
        assert "failed: no entry of that name" in machine.transcript.whole()
        assert status == 1
