"""Hostile processes on four harts: no panic, no hang, and who behaves well keeps its rate."""
import os
import re

import pytest
from harness import Machine, target_folder

LONG = os.environ.get("BATON_LONG") == "1"


def fight(scenario, least, limit):
    image = target_folder() / f"scenarios/{scenario}.bin"
    with Machine(smp=4, image=image, limit=limit) as machine:
        status = machine.wait()
        console = machine.transcript.whole()
    print("\n".join(re.findall(r"hostile: ([^\r\n]*)", console)))
    assert "panic" not in console and "trap in the kernel" not in console, console[-8000:]
    summary = re.search(r"hostile: (\d+) calls, all is paid back; steady: (\d+) rounds a second "
                        r"beside loops, (\d+) in the worst round", console)
    assert summary and status == 0, console[-8000:]
    calls, quiet, worst = map(int, summary.groups())
    assert calls >= least
    return quiet, worst


# How much less is for the machine to say: on fewer processors than harts a hart that has the kernel
# lock may stand still for a while, with everybody else behind it.
def test_two_hundred_thousand_hostile_calls_harm_nobody():
    quiet, worst = fight("hostile", 200_000, limit=1800)
    assert worst * 20 > quiet


@pytest.mark.skipif(not LONG, reason="only in `make fuzz`")
def test_ten_million_random_hostile_calls_harm_nobody():
    fight("hostile-long", 10_000_000, limit=6 * 3600)
