"""The drivers alone, without a file system: each scenario's client checks and powers off."""
import pytest
from harness import Machine, assert_clean, target_folder


@pytest.fixture
def blank_disk(tmp_path):
    path = tmp_path / "blank.img"
    with open(path, "wb") as image:
        image.truncate(64 << 20)
    return path


@pytest.mark.parametrize("harts", [1, 2])
def test_disk_driver_moves_scattered_pages_of_several_threads(blank_disk, harts):
    image = target_folder() / "scenarios" / "block.bin"
    with Machine(blank_disk, smp=harts, image=image) as machine:
        assert machine.wait() == 0
        log = machine.transcript.whole()
        assert "block-client: passed" in log
        assert "DMA is trusted" in log


def test_disk_driver_serves_blocks_of_4096_bytes(blank_disk):
    image = target_folder() / "scenarios" / "block.bin"
    size = ["-global", "virtio-blk-device.logical_block_size=4096",
            "-global", "virtio-blk-device.physical_block_size=4096"]
    with Machine(blank_disk, image=image, extra=size) as machine:
        assert machine.wait() == 0
        assert "blocks of 4096" in machine.transcript.whole()
        assert "block-client: passed" in machine.transcript.whole()


def test_console_takes_what_is_typed_faster_than_it_is_read(shell):
    words = " ".join(f"word{number}" for number in range(30))
    assert shell.command(f"echo {words}") == words


@pytest.mark.parametrize("harts", [1, 2])
def test_rogue_drivers_harm_only_themselves(disk, harts):
    image = target_folder() / "scenarios" / "rogue-drivers.bin"
    with Machine(disk, smp=harts, image=image) as machine:
        machine.boot()
        for command in ["mkdir /kept", "cp /bin/hello /kept/hello", "sync"]:
            machine.command(command)
        assert "hello" in machine.command("ls /kept")
        listed = machine.command("ps")
        log = machine.transcript.whole()
        assert machine.shutdown() == 0
    assert_clean(disk)

    assert "beyond: killed, store page fault" in log
    assert "neighbour: everything was refused" in log
    assert "neighbour: killed, store page fault" in log
    assert "stored " not in log and "reached other" not in log
    assert "endless: runs for ever" in log
    assert "endless" in listed and "beyond" not in listed and "neighbour" not in listed
