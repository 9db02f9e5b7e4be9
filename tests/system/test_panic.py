"""The kernel's own end: a report that names functions, and a machine that stops."""
import re

import pexpect
from harness import Machine, target_folder


def test_a_kernel_without_an_archive_says_so_and_names_where_it_was(disk):
    with Machine(disk, smp=1, image=target_folder() / "kernel/kernel") as machine:
        machine.console.expect("kernel panic on hart \\d+: no boot archive behind the kernel")
        machine.console.expect(pexpect.EOF)
        backtrace = machine.console.before
        assert re.search(r"0xffffffff8\w{7} kernel_main \+ \d+", backtrace), backtrace
        machine.console.wait()  # it powers off; OpenSBI 1.1 drops the reason, so the status is 0
