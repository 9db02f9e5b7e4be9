"""A server that answers calls works on its callers' time: `ps` shows it."""
import random
import re

from harness import Machine, assert_clean, debugfs

MEBIBYTE = 1024 * 1024


def times(machine):
    """Own and lent milliseconds of each process, by name."""
    rows = re.findall(r"^ *\d+ +([\w-]+) .*? (\d+) +(\d+)$", machine.command("ps"), re.MULTILINE)
    return {name: (int(own), int(lent)) for name, own, lent in rows}


def spent(before, after, name):
    return tuple(later - earlier for earlier, later in zip(before[name], after[name]))


def test_a_cold_read_is_paid_by_the_reader(disk, tmp_path):
    big = tmp_path / "big"
    big.write_bytes(random.Random(2).randbytes(32 * MEBIBYTE))
    debugfs(disk, f"write {big} /big", write=True)
    with Machine(disk) as machine:
        machine.boot()
        before = times(machine)
        assert machine.command("/tests/checksum /big", limit=300).endswith(str(32 * MEBIBYTE))
        after = times(machine)
        assert machine.shutdown() == 0
    assert_clean(disk)

    for name in ("fs", "virtio-blk"):
        own, lent = spent(before, after, name)
        print(f"{name}: {own} ms on its own slice, {lent} ms lent")
    own, lent = spent(before, after, "fs")
    assert lent > 0 and lent >= 0.95 * (own + lent)
