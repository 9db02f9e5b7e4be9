"""Clients and servers killed at random points of nested calls: the others go on."""
import os
import re

import pytest
from harness import Machine, target_folder

LONG = os.environ.get("BATON_LONG") == "1"


def kill(scenario, count, harts, limit, icount=False):
    image = target_folder() / f"scenarios/{scenario}.bin"
    with Machine(smp=harts, image=image, limit=limit, icount=icount) as machine:
        status = machine.wait()
        console = machine.transcript.whole()
    lines = re.findall(r"kills: (\d+) (\w+) killed, (seed [^\r\n]*)", console)
    assert "everything is paid back" in console and status == 0, console[-8000:]
    assert [(int(killed), who) for killed, who, _ in lines] == [(count, "clients"),
                                                                (count, "servers")]
    return [f"{killed} {who}, {where}" for killed, who, where in lines]


# The clock counts instructions, 16 ns each: a run with the same seed is the same to the instruction.
def test_a_thousand_clients_and_servers_die_in_nested_calls_on_one_hart(show):
    for line in kill("kills-long", 1000, harts=1, limit=300, icount=4):
        show(line)


def test_two_hundred_clients_and_servers_die_in_nested_calls_on_two_harts(show):
    for line in kill("kills", 200, harts=2, limit=600):
        show(line)


@pytest.mark.skipif(not LONG, reason="only in `make soak`")
@pytest.mark.parametrize("harts", [2, 4])
def test_clients_and_servers_die_under_long_stress(harts):
    kill("kills-long", 1000, harts, limit=3600)
