"""What the file server promises its clients of open files, users and names; and the disk after it."""
import pexpect

from harness import Machine, assert_clean, debugfs, target_folder

LEAST_CHECKS = 40


def test_open_files_users_and_names(disk):
    with Machine(disk, image=target_folder() / "scenarios" / "files.bin") as machine:
        machine.console.expect_exact("files-client: all checked")
        machine.console.expect(pexpect.EOF)
        text = machine.transcript.whole()
    assert "FAILED" not in text
    assert text.count("files-client: ok: ") >= LEAST_CHECKS
    assert_clean(disk)
    shown = debugfs(disk, "stat /anns")
    assert "User:  1000" in shown and "Group: 70000" in shown and "Mode:  04751" in shown, shown
    assert "Links: 2" in shown
    assert "Type: FIFO" in debugfs(disk, "stat /fifo")
    assert "hers" not in debugfs(disk, "ls /tmp")
