"""What the system tests share: a disk image of their own, and a machine that has booted from it."""
import sys
import pathlib

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from harness import Machine, assert_clean, copy_disk  # noqa: E402


@pytest.fixture
def disk(tmp_path):
    """A fresh disk image; big ones are not kept after the test."""
    image = copy_disk(tmp_path / "disk.img")
    yield image
    image.unlink()


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """A machine at its prompt, shared by the tests of one file; its disk is checked at the end."""
    image = copy_disk(tmp_path_factory.mktemp("shell") / "disk.img")
    with Machine(image) as machine:
        yield machine.boot()
        assert machine.shutdown() == 0
        assert_clean(image)
    image.unlink()


@pytest.fixture
def show(capfd):
    """Prints a line even if the test passes."""
    def print_line(text):
        with capfd.disabled():
            print(f"\n  {text}", end="", flush=True)
    return print_line
