"""The kernel's own tests: tests/kernel in QEMU, on several numbers of harts."""
import os
import re

import pytest
from harness import Machine, target_folder

LONG = os.environ.get("BATON_LONG") == "1"


def run_cases(disk, scenario, harts, limit, board=None, icount=False):
    image = target_folder() / f"scenarios/{scenario}.bin"
    with Machine(disk, smp=harts, image=image, limit=limit, board=board, icount=icount) as machine:
        status = machine.wait()
        return status, machine.transcript.whole()


def check(status, console, least):
    failed = re.findall(r"kernel-test: (FAILED .*?)\r?\n", console)
    assert not failed, "\n".join(failed) + "\n" + console[-8000:]
    assert "panic" not in console and "trap in the kernel" not in console, console[-8000:]
    summary = re.search(r"kernel tests: (\d+) passed, 0 failed", console)
    assert summary and int(summary.group(1)) >= least and status == 0, console[-8000:]


# With a clock that counts instructions, in which a budget is exact.
def test_every_rule_of_the_kernel_holds_on_one_hart(disk, show):
    status, console = run_cases(disk, "kernel", harts=1, limit=600, icount=4)
    check(status, console, least=235)
    shares = [int(share) for share in re.findall(r"a tenth of the time: (\d+) thous", console)]
    show(f"a budget of 10 %, alone and over three servers: {shares} thousandths")
    assert len(shares) == 2 and all(90 <= share <= 110 for share in shares)


def test_every_rule_of_the_kernel_holds_on_two_harts(disk):
    check(*run_cases(disk, "kernel", harts=2, limit=600), least=235)


def test_four_harts_change_nothing(disk):
    check(*run_cases(disk, "kernel", harts=4, limit=900), least=38)


# Its hart 0 has no MMU, any of the others starts first, and it has neither Sstc nor a clock in the
# hart that can be read without firmware: virt's habits do not help here.
# All cases run, with four harts that count and with one.
@pytest.mark.parametrize("harts", [5, 2])
def test_another_machine_changes_nothing(harts):
    status, console = run_cases(None, "kernel-all", harts, limit=1800, board="qemu-sifive-u")
    assert f"Baton on SiFive HiFive Unleashed A00, {harts - 1} harts" in console
    check(status, console, least=235)


@pytest.mark.skipif(not LONG, reason="only in `make soak`")
@pytest.mark.parametrize("harts", [2, 4])
def test_every_rule_of_the_kernel_holds_under_long_stress(disk, harts):
    check(*run_cases(disk, "kernel-long", harts, limit=7200), least=235)
