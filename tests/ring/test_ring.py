"""A ring between two processes, and how seldom they enter the kernel for it."""
import re

from harness import Machine, target_folder

ITEMS = 1_000_000


def run_rounds(harts):
    image = target_folder() / "scenarios/ring.bin"
    with Machine(smp=harts, image=image, limit=240) as machine:
        assert machine.wait() == 0
        console = machine.transcript.whole()
    assert "death: the producer noticed" in console, console[-4000:]
    rounds = re.findall(r"ring-test: (\w+): (\d+) items in \d+ ms, (\d+) system calls[^\r\n]*", console)
    print("\n".join(re.findall(r"ring-test: [^\r\n]*", console)))
    assert all(int(items) == ITEMS for _, items, _ in rounds)
    return {name: int(calls) for name, _, calls in rounds}


def test_a_million_items_take_few_system_calls_on_one_hart():
    assert run_rounds(1)["sleeping"] < ITEMS // 50


def test_two_busy_sides_on_two_harts_stay_out_of_the_kernel():
    calls = run_rounds(2)
    assert calls["looking"] < ITEMS // 1000
    # Who sleeps at once and is the faster one has to be woken again and again, but many items at a time.
    assert calls["sleeping"] < ITEMS // 4
