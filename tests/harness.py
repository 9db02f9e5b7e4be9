"""Drives Baton in QEMU over its console.

Every wait is for something that the system prints, with a limit that is only there to end a test
that hangs; nothing sleeps. A Machine is a context manager, so that QEMU never outlives its test.
"""
import ctypes
import os
import pathlib
import re
import shlex
import signal
import subprocess

import pexpect

PROMPT = re.compile(r"\n([^\r\n\[]{0,60}[$#>] )")
LOG_LINE = re.compile(r"\[ *\d+\.\d+\] [^\n]*\n")  # may come at any time
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PR_SET_PDEATHSIG = 1


def setting(name):
    value = os.environ.get(name)
    if value is None:
        raise RuntimeError(f"{name} is not set: run these tests with `make system-test`")
    return value


def target_folder():
    return pathlib.Path(setting("BATON_TARGET"))


def copy_disk(destination):
    """A fresh copy of the disk image that the tests start from."""
    source = target_folder() / "test-disk.img"
    subprocess.run(["cp", "--sparse=always", "--reflink=auto", source, destination], check=True)
    return destination


def debugfs(image, command, write=False):
    options = ["-w"] if write else []
    run = subprocess.run(["debugfs", *options, "-R", command, image], text=True,
                         capture_output=True, check=True)
    errors = [line for line in run.stderr.splitlines() if not line.startswith("debugfs ")]
    assert not errors, f"debugfs: {command}: {errors}"
    return run.stdout


def assert_clean(image):
    """e2fsck finds nothing to repair."""
    run = subprocess.run(["e2fsck", "-fn", image], text=True, capture_output=True)
    assert run.returncode == 0, run.stdout + run.stderr


def _end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def qemu_of(board):
    """The command that platform/<board>/board.mk starts QEMU with, without memory and image."""
    run = subprocess.run(["make", "-s", "-f", f"platform/{board}/board.mk", "--eval",
                          "show: ; @echo '$(qemu_machine)'", "show"], text=True,
                         capture_output=True, check=True)
    return run.stdout


class Machine:
    """`board`: another machine than the one that the tests are run for; it has no disk. `icount`:
    the clock counts instructions, of 2^icount ns each (True: 1 ns); while all harts wait it jumps to
    the next timer, or with `idle_clock` "on" runs as the host's."""

    def __init__(self, disk=None, smp=2, memory="128M", icount=False, extra=(), limit=60,
                 image=None, board=None, idle_clock="off"):
        command = shlex.split(qemu_of(board) if board else setting("BATON_QEMU"))
        command += ["-smp", str(smp), "-m", memory]
        command += ["-kernel", str(image or target_folder() / "baton.bin")]
        if disk:
            command += ["-drive", f"file={disk},if=none,id=disk,format=raw,cache=writeback",
                        "-device", "virtio-blk-device,drive=disk",
                        "-device", "virtio-rng-device"]
        if icount:
            command += ["-icount", f"shift={0 if icount is True else icount},sleep={idle_clock}"]
        self.limit = limit
        self.prompt = None
        self.boot_log = ""
        self.console = pexpect.spawn(command[0], [*command[1:], *extra], timeout=limit, echo=False,
                                     encoding="utf-8", codec_errors="replace",
                                     preexec_fn=_end_with_parent, maxread=65536)
        self.console.delaybeforesend = None
        self.transcript = Transcript()
        self.console.logfile_read = self.transcript

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.kill()
        if kind is not None:
            print(f"--- console ---\n{self.transcript.text()}\n---------------")

    def kill(self):
        if self.console.isalive():
            self.console.kill(signal.SIGKILL)
            self.console.wait()
        self.console.close(force=True)

    def boot(self):
        """Waits for the shell's prompt and learns what it looks like."""
        self.console.expect(PROMPT)
        self.boot_log = self.console.before
        self.prompt = self.console.match.group(1)
        self.console.send("\r")
        self.console.expect_exact("\n" + self.prompt)
        return self

    def expect(self, pattern, limit=None):
        """Waits for a regular expression on the console; returns the match."""
        self.console.expect(pattern, timeout=limit or self.limit)
        return self.console.match

    def send(self, text):
        self.console.send(text)

    def command(self, text, limit=None):
        """Types a command; returns what it printed, without the echo and the next prompt."""
        self.console.send(text + "\r")
        self.console.expect_exact("\n" + self.prompt, timeout=limit or self.limit)
        printed = ESCAPES.sub("", self.console.before).replace("\r", "")
        printed = LOG_LINE.sub("", printed + "\n")
        # The rest of a line of the log that the last prompt cut in two may stand before the echo.
        echo = text + "\n"
        return printed.partition(echo if echo in printed else "\n")[2].rstrip("\n")

    def shutdown(self):
        """Powers off; returns QEMU's exit status."""
        self.console.send("shutdown\r")
        return self.wait()

    def wait(self):
        """Waits until QEMU has ended; returns its exit status."""
        self.console.expect(pexpect.EOF)
        self.console.wait()
        return self.console.exitstatus


class Transcript:
    """Everything that the console printed, for the report of a failed test."""

    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)

    def flush(self):
        pass

    def whole(self):
        return "".join(self.parts)

    def text(self):
        return self.whole()[-8000:]
