"""Callers lend their slice: what a server does for a client is done in the client's time.

Exact figures need `-icount` (a cycle is then a nanosecond and an instruction), and QEMU 7.2 runs
only one hart fairly under it. So what has to be exact is measured with one hart, and measured again
with two harts, where time that the host takes from QEMU makes quanta longer than they should be.
"""
import re

import pytest
from harness import Machine, assert_clean, copy_disk, debugfs, target_folder

MEBIBYTE = 1024 * 1024
QUANTUM_US = 10_000
TRANSFER = 256 * 1024  # the file server's largest
MODELS = [pytest.param(1, True, id="1-hart-icount"), pytest.param(2, False, id="2-harts")]


@pytest.fixture(scope="module")
def source_disk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("donation")
    image = copy_disk(folder / "disk.img")
    for name, size in [("cold", 32 * MEBIBYTE), ("measured", MEBIBYTE // 4)]:
        content = folder / name
        content.write_bytes(bytes(range(256)) * (size // 256))
        debugfs(image, f"write {content} /{name}", write=True)
        content.unlink()
    yield image
    image.unlink()


def run(scenario, disk, harts, icount):
    """The client's lines, after it has powered the machine off."""
    image = target_folder() / "scenarios" / f"{scenario}.bin"
    with Machine(disk, smp=harts, icount=icount, image=image, limit=120) as machine:
        assert machine.wait() == 0
        assert ("does not lend" in machine.transcript.whole()) == scenario.endswith("without-lending")
        return re.findall(r"DONATION ([^\r\n]*)", machine.transcript.whole())


class Split:
    """How the time of one program divided while something was done."""

    def __init__(self, own, lent, events):
        self.own, self.lent, self.events = int(own), int(lent), int(events)
        self.lent_share = self.lent / max(self.own + self.lent, 1)


def splits(lines, show):
    """What was done and by which program -> Split; each is shown."""
    found = {}
    for line in lines:
        row = re.fullmatch(r"(\S+) (\S+) own (\d+) lent (\d+) events (\d+)", line)
        if row:
            what, program, *numbers = row.groups()
            split = found[what, program] = Split(*numbers)
            show(f"{what:5} 32 MiB, {program:10}: own {split.own / 1000:9,.1f} us in {split.events:4} "
                 f"events, lent {split.lent / 1000:9,.1f} us ({split.lent_share:7.2%} lent)")
    return found


def check_exact(found, read, write):
    assert found[read, "fs"].lent_share >= 0.95
    assert found[read, "virtio-blk"].lent_share < 1, "nobody took the disk's interrupts"
    assert found[write, "fs"].lent_share < 1, "nothing was written behind"


def test_the_time_of_a_cold_read_is_lent(source_disk, show):
    lines = run("donation-cold", source_disk, 1, True)
    assert f"bytes {32 * MEBIBYTE}" in lines
    check_exact(splits(lines, show), "read", "write")
    debugfs(source_disk, "rm /new", write=True)
    assert_clean(source_disk)


# Between two harts only the number of events is exact: the file's `closed` is the only one of a
# cat, 600 instructions, but a host that is busy may take the processor from QEMU in the middle.
@pytest.mark.parametrize("harts, icount", MODELS)
def test_the_time_of_a_cold_cat_is_lent(source_disk, show, harts, icount):
    show(f"the shell's commands, {harts} hart(s){', icount' if icount else ', cycles of the host'}")
    lines = run("donation-shell", source_disk, harts, icount)
    printed = dict(re.findall(r"^(\w+) printed (\d+)$", "\n".join(lines), re.MULTILINE))
    assert int(printed["cat"]) >= 32 * MEBIBYTE
    found = splits(lines, show)
    if icount:
        check_exact(found, "cat", "cp")
    assert found["cat", "fs"].lent_share > 0.5
    assert found["cat", "fs"].events <= 2
    assert found["cp", "fs"].events > 2, "nothing was written behind"
    assert found["cat", "virtio-blk"].events >= 32 * MEBIBYTE / TRANSFER / 2, "it was not cold"
    debugfs(source_disk, "rm /new", write=True)
    assert_clean(source_disk)


def measure(scenario, disk, harts, icount):
    words = " ".join(run(scenario, disk, harts, icount)).split()
    values = {name: int(value) for name, value in zip(words[::2], words[1::2])}
    values["quanta"] = (values["own_us"] + values["lent_us"]) / QUANTUM_US
    return values


def row(what, values):
    return (f"{what:16}: {values['reads']:6,} reads, CPU {values['own_us']:7,} us own + "
            f"{values['lent_us']:7,} us lent = {values['quanta']:6.2f} quanta; waited "
            f"{values['quanta_waited']:4}; one read {values['median_ns'] / 1000:9,.1f} us (median)")


@pytest.mark.parametrize("harts, icount", MODELS)
def test_no_wait_is_caused_by_a_call(source_disk, show, harts, icount):
    lent = measure("donation", source_disk, harts, icount)
    own = measure("donation-own-slice", source_disk, harts, icount)
    show(f"{harts} hart(s){', icount' if icount else ''}, with hogs of the same priority")
    show(row("client's slice", lent))
    show(row("server's slice", own))

    assert lent["idle_us"] == own["idle_us"] == 0, "a hart had nothing to do"
    assert lent["reads"] == 10_000 and lent["quanta"] > 2
    assert lent["quanta_waited"] <= lent["quanta"] + 1
    if icount:
        assert lent["quanta_waited"] >= lent["quanta"] - 1
    assert lent["median_ns"] / 1000 < QUANTUM_US / 20

    assert own["quanta_waited"] > own["quanta"] + 1, "the check above would not notice"
    assert own["quanta_waited"] >= own["reads"] / 2
    assert own["median_ns"] / 1000 >= QUANTUM_US


def inversion(scenario, disk, harts, icount):
    line, = run(scenario, disk, harts, icount)
    return [int(number) for number in re.findall(r"(\d+) us", line)]


# A client of low priority has the only worker, and a hog of middling priority its hart. With one hart
# the figures are exact. With two, what the host's other programs take is waited for, too: of some
# runs one has to show the bound. Without lending none does.
@pytest.mark.parametrize("harts, icount", MODELS)
def test_who_waits_for_a_server_waits_for_one_critical_section(disk, show, harts, icount):
    bound = 1.02 if icount else 1.5
    for _ in range(1 if icount else 6):
        section, median, longest = inversion("inversion", disk, harts, icount)
        if longest <= section * bound:
            break
    _, slow, slowest = inversion("inversion-without-lending", disk, harts, icount)
    show(f"{harts} hart(s): critical section {section} us; waited {median} us, at most {longest} us; "
         f"without lending {slow} us, at most {slowest} us")
    assert longest <= section * bound
    assert longest * 4 <= slow and slow >= section * 10
