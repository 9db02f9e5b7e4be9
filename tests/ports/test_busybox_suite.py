"""busybox's own test suite, run here and on Linux: what passes there has to pass here."""
import collections
import os
import pathlib
import re

import pytest
from harness import Machine, assert_clean, debugfs

REFERENCE = pathlib.Path("build/host/ports/busybox-reference.txt")
LEAST_SHARE = 0.95

pytestmark = pytest.mark.skipif(not os.environ.get("BATON_LONG") or not REFERENCE.exists(),
                                reason="needs BATON_LONG=1 and `make busybox-reference` before")


def name_of(case):
    """Shells differ in whether their echo makes a tab of \\t, and in how a sourced script is called."""
    return re.split(r"[\\\\\t]", re.sub(r"^sha\d+sum", "md5sum", case))[0]


def passed(text):
    """How often each case passed: some share a name."""
    return collections.Counter(name_of(line[len("PASS: "):]) for line in text.split("\n")
                               if line.startswith("PASS: "))


def test_what_passes_on_linux_passes_here(disk, show):
    with Machine(disk, limit=3600) as machine:
        machine.boot()
        machine.command("posix /bin/busybox sh /tests/busybox/run-busybox-suite /tests/busybox")
        assert machine.shutdown() == 0
    assert_clean(disk)
    expected = passed(REFERENCE.read_text())
    missing = expected - passed(debugfs(disk, "cat /tests/busybox/suite.out"))
    for name in sorted(missing.elements()):
        show(f"busybox: passes on Linux only: {name}")
    share = 1 - missing.total() / expected.total()
    show(f"busybox: {share:.1%} of {expected.total()} cases")
    assert share >= LEAST_SHARE
