"""Files on the disk: they stay, they are whole, and the host's e2fsck finds nothing to repair."""
import random
import re
import subprocess
import zlib

import pytest
from harness import Machine, assert_clean, debugfs

MEBIBYTE = 1024 * 1024


@pytest.fixture
def big_file(tmp_path):
    """64 MiB that no two tests share."""
    path = tmp_path / "big"
    path.write_bytes(random.Random(1).randbytes(64 * MEBIBYTE))
    yield path
    path.unlink()


def test_what_was_written_is_there_after_a_reboot(disk):
    with Machine(disk) as machine:
        machine.boot()
        machine.command("mkdir /kept")
        machine.command("echo still here > /kept/file")
        machine.command("cp /readme /kept/copy")
        machine.command("rm /notes/first-steps")
        assert machine.shutdown() == 0
    assert_clean(disk)

    with Machine(disk) as machine:
        machine.boot()
        assert machine.command("cat /kept/file") == "still here"
        assert machine.command("cat /kept/copy") == machine.command("cat /readme")
        assert "first-steps" not in machine.command("ls /notes")
        assert machine.shutdown() == 0
    assert_clean(disk)


def test_the_host_reads_what_was_written(disk):
    with Machine(disk) as machine:
        machine.boot()
        machine.command("echo for the host > /note")
        assert machine.shutdown() == 0
    assert debugfs(disk, "cat /note") == "for the host\n"


def test_64_mebibytes_from_the_host_have_the_right_checksum(disk, big_file):
    debugfs(disk, f"write {big_file} /big", write=True)
    expected = f"{zlib.crc32(big_file.read_bytes()):08x} {64 * MEBIBYTE}"
    with Machine(disk) as machine:
        machine.boot()
        assert machine.command("/tests/checksum /big", limit=300) == expected
        assert machine.shutdown() == 0
    assert_clean(disk)


def test_64_mebibytes_for_the_host_have_the_right_checksum(disk, tmp_path):
    with Machine(disk) as machine:
        machine.boot()
        printed = machine.command(f"/tests/fill /big {64 * MEBIBYTE}", limit=300)
        assert re.fullmatch(rf"[0-9a-f]{{8}} {64 * MEBIBYTE}", printed), printed
        assert machine.shutdown() == 0
    assert_clean(disk)
    dumped = tmp_path / "dumped"
    debugfs(disk, f"dump /big {dumped}")
    assert f"{zlib.crc32(dumped.read_bytes()):08x} {64 * MEBIBYTE}" == printed
    dumped.unlink()


def test_a_copy_of_64_mebibytes_is_equal(disk, big_file, tmp_path):
    debugfs(disk, f"write {big_file} /big", write=True)
    with Machine(disk) as machine:
        machine.boot()
        assert machine.command("cp /big /copied", limit=300) == ""
        assert machine.shutdown() == 0
    assert_clean(disk)
    dumped = tmp_path / "dumped"
    debugfs(disk, f"dump /copied {dumped}")
    assert subprocess.run(["cmp", big_file, dumped]).returncode == 0
    dumped.unlink()


def test_a_thousand_files_are_made_and_removed(disk):
    with Machine(disk) as machine:
        machine.boot()
        machine.command("mkdir /many")
        assert machine.command("/tests/many-files /many 1000", limit=300) == \
            "1000 made, 1000 read, 1000 removed"
        assert machine.command("ls /many").strip() in ("", ".\n..")
        assert machine.shutdown() == 0
    assert_clean(disk)


def test_a_full_disk_is_an_error_and_stays_clean(disk):
    with Machine(disk) as machine:
        machine.boot()
        printed = machine.command(f"/tests/fill /huge {400 * MEBIBYTE}", limit=600)
        assert "No space left on device after" in printed
        assert "/more" in machine.command("cp /huge /more", limit=300)
        assert machine.command("rm /huge") == ""
        machine.command("rm /more")
        assert machine.command("echo fits again > /small") == ""
        assert machine.command("cat /small") == "fits again"
        assert machine.shutdown() == 0
    assert_clean(disk)
