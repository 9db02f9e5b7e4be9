"""Programs that do what no program may: only they die, and the shell goes on."""
import os
import re

import pytest
from harness import Machine, assert_clean

LONG = os.environ.get("BATON_LONG") == "1"
ROGUE = "/tests/rogue"
SYSTEM = ["kernel", "init", "devmgr", "ns16550", "virtio-blk", "fs", "shell"]

KERNEL_IMAGE = "ffffffff80000000"
DIRECT_MAP = "ffffffc080200000"
NOWHERE = "5000000000"
END_OF_USER_SPACE = "3ffffffff8"
BETWEEN = "4000000000"  # no address at all: the bits above differ from bit 38
LAST = "fffffffffffffff8"
UART, VIRTIO, PLIC, MEMORY = "10000000", "10001000", "c000000", "80200000"
ADDRESSES = ["0", NOWHERE, END_OF_USER_SPACE, BETWEEN, KERNEL_IMAGE, DIRECT_MAP, LAST, UART, VIRTIO,
             PLIC, MEMORY]
WILD = ["0", "1", "7", BETWEEN, KERNEL_IMAGE, DIRECT_MAP, "ffffffffffffffff"]

PRIVILEGED = ["sret", "mret", "wfi", "sfence.vma", "write-satp", "read-satp", "write-sie",
              "write-sip", "read-sstatus", "clear-interrupts", "write-stvec", "write-sepc",
              "read-sscratch", "write-sscratch", "write-scounteren", "write-stimecmp",
              "read-mstatus", "write-pmpaddr0", "write-time", "hfence", "no-instruction", "vector"]


def system_processes(shell):
    listed = shell.command("ps")
    for name in SYSTEM:
        assert re.search(rf"\b{name}\b", listed), listed
    return listed


def assert_alive(shell):
    """The next command works, and the system is what it was."""
    assert shell.command("echo still here") == "still here"
    assert "rogue" not in system_processes(shell)


def assert_killed(shell, attack, cause, address=None):
    printed = shell.command(f"{ROGUE} {attack}")
    assert re.search(rf"killed: {cause} at pc", printed), f"{attack}: {printed}"
    if address is not None:
        assert re.search(rf"address 0x{address}\b", printed), f"{attack}: {printed}"


def assert_ok(shell, attack, limit=None):
    printed = shell.command(f"{ROGUE} {attack}", limit=limit)
    assert "ok" in printed.splitlines(), f"{attack}: {printed}"
    return printed


def test_every_privileged_instruction_is_tried(shell):
    assert shell.command(f"{ROGUE} privileged").split() == PRIVILEGED


def test_privileged_instructions_kill_only_their_program(shell):
    for name in PRIVILEGED:
        assert_killed(shell, f"privileged {name}", "illegal instruction")
    assert_alive(shell)


def test_memory_of_others_and_of_the_kernel_is_out_of_reach(shell):
    for address in ADDRESSES:
        assert_killed(shell, f"load {address}", "load (page|access) fault", address)
        assert_killed(shell, f"store {address}", "store (page|access) fault", address)
    assert_alive(shell)


def test_jumps_out_of_the_program_kill_it(shell):
    for address in ADDRESSES:
        assert_killed(shell, f"fetch {address}", "instruction (page|access) fault")
    assert_alive(shell)


def test_an_access_that_runs_out_of_a_mapping_kills(shell):
    assert_killed(shell, "straddle", "load (page fault|address misaligned)")
    assert_alive(shell)


def test_text_and_constants_are_read_only_and_data_is_not_executed(shell):
    assert_killed(shell, "write-text", "store page fault")
    assert_killed(shell, "write-constant", "store page fault")
    assert_killed(shell, "execute-data", "instruction page fault")
    assert_killed(shell, "execute-stack", "instruction page fault")
    assert_alive(shell)


def test_pages_arrive_zeroed(shell):
    for _ in range(3):
        assert_ok(shell, "zeroed")


def test_arithmetic_and_alignment_are_as_risc_v_defines_them(shell):
    assert_ok(shell, "arithmetic")
    assert_ok(shell, "misaligned-load")
    assert_killed(shell, "misaligned-amo", "store (address misaligned|access fault)")
    assert_killed(shell, "misaligned-lr", "load (address misaligned|access fault)")
    assert_alive(shell)


def test_wild_pointers_in_registers_are_not_the_kernels_business(shell):
    for value in WILD:
        assert_ok(shell, f"stack-pointer {value}")
        assert_ok(shell, f"other-pointers {value}")
        assert_killed(shell, f"stack-pointer-fault {value}", "load page fault", "8")
    assert_alive(shell)


def start_in_background(shell, attack, count):
    jobs = []
    for _ in range(count):
        printed = shell.command(f"{ROGUE} {attack} &")
        jobs += re.findall(r"^\[(\d+)\] \S*rogue$", printed, re.MULTILINE)
    assert len(jobs) == count
    return jobs


def test_registers_are_kept_across_thousands_of_ticks(shell):
    start_in_background(shell, "registers 4000", 3)
    assert_ok(shell, "registers 3000", limit=120)
    for _ in range(200):
        if "rogue" not in shell.command("ps"):
            break
        assert_ok(shell, "registers 100", limit=120)
    assert "differ" not in shell.transcript.whole()
    assert_alive(shell)


def test_endless_loops_leave_the_prompt_alive_and_can_be_killed(shell):
    jobs = start_in_background(shell, "loop", 5)
    assert shell.command("echo quick") == "quick"
    assert "readme" in shell.command("ls /")
    for job in jobs:
        shell.command(f"kill {job}")
    assert_alive(shell)


def test_an_endless_loop_ends_at_interrupt(shell):
    shell.send(f"{ROGUE} loop\r")
    shell.expect("rogue loop")
    shell.send("\x03")
    shell.expect("\n" + re.escape(shell.prompt))
    assert_alive(shell)


def test_handles_of_other_processes_cannot_be_guessed(shell):
    assert_ok(shell, "handles", limit=300)
    assert_alive(shell)


def test_who_opens_all_the_files_it_can_leaves_some_for_others(shell):
    before = shell.command("cat /readme")
    assert_ok(shell, "files")
    jobs = start_in_background(shell, "files hold", 3)
    printed = assert_ok(shell, "files")
    assert int(re.search(r"(\d+) files", printed).group(1)) > 10, printed
    assert before in shell.command("cat /readme")
    assert shell.command("echo more > /one-more") == ""
    assert shell.command("cat /one-more") == "more"
    for job in jobs:
        shell.command(f"kill {job}")
    assert_alive(shell)


def test_random_system_calls_harm_only_their_process(shell):
    assert_ok(shell, "random 100000", limit=600)
    assert_alive(shell)
    shell.command("cp /bin/hello /hello-again")
    assert "hello-again" in shell.command("ls /")


@pytest.mark.skipif(not LONG, reason="only in `make fuzz`")
def test_a_million_random_system_calls_harm_only_their_process(disk):
    with Machine(disk, smp=2, limit=7200) as machine:
        machine.boot()
        assert_ok(machine, "random 1000000")
        assert_alive(machine)
        assert machine.shutdown() == 0
    assert_clean(disk)
