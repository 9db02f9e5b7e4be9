"""How much more two harts get done than one: runs tests/throughput and reads what it prints."""
import re

from harness import Machine, target_folder

WORK = {"pairs": "a client and a server on each hart", "clients": "four clients a hart, one server"}
QUIET = 1.9  # what loops gain on a host that does nothing else


def rates():
    """For each kind of work, the rounds a second on one hart and on two."""
    image = target_folder() / "scenarios/throughput.bin"
    with Machine(smp=2, image=image, limit=120) as machine:
        status = machine.wait()
        console = machine.transcript.whole()
    assert status == 0, console[-4000:]
    found = re.findall(r"THROUGHPUT (\w+) (\d+) (\d+)", console)
    return {name: (int(one), int(two)) for name, one, two in found}


# What loops without calls gain is what the host has to give: twice, or less while it is busy.
def gains():
    gain = {name: two / one for name, (one, two) in rates().items()}
    return gain.pop("loops"), gain


def best_of(gains_found):
    return {name: max(gain[name] for gain in gains_found) for name in WORK}


def best_gains(enough, attempts=5):
    """What is gained by two harts, and a line that says it: the best of some attempts, or of fewer
    if all gain enough. Only where no attempt found the host quiet, it is scaled by what loops gain."""
    found = []
    while len(found) < attempts:
        host, gain = gains()
        found.append((host, gain))
        if host >= QUIET and min(gain.values()) >= enough:
            break
    quiet = [gain for host, gain in found if host >= QUIET]
    most = max(host for host, _ in found)
    best = best_of(quiet or [{name: value * 2 / host for name, value in gain.items()}
                             for host, gain in found if host == most])
    how = "as measured" if quiet else f"scaled: the host was busy, loops gained {most:.2f}"
    line = ", ".join(f"{WORK[name]}: {best[name]:.2f} times" for name in WORK)
    hosts = " ".join(f"{host:.2f}" for host, _ in found)
    return best, f"two harts beside one: {line} ({how}; loops without calls: {hosts})"
