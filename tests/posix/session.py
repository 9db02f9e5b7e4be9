"""A POSIX session on the console."""
import contextlib
import re

from harness import LOG_LINE, Machine, assert_clean, copy_disk

SHELL_PROMPT = "/ # "
START = "<START>"
END = "<END>"


def unseen(mark):
    """A shell's word for the mark, which does not match it when it is echoed."""
    return f"'{mark[:2]}''{mark[2:]}'"


class Session:
    """A shell that is typed at; `run` returns what a line printed. `start` is typed to begin it,
    if it has not begun yet."""

    def __init__(self, machine, prompt=SHELL_PROMPT, start="posix /bin/busybox ash\r"):
        self.machine = machine
        self.prompt = prompt
        if start:
            self.send(start)
            self.machine.expect(re.escape(self.prompt))

    def send(self, text):
        self.machine.send(text)

    def run(self, line, limit=None):
        self.send(f"echo {unseen(START)}; {line}; echo {unseen(END)}\r")
        self.machine.expect(re.escape(END) + r"\r*\n", limit)
        printed = self.machine.console.before.replace("\r", "")
        self.machine.expect(re.escape(self.prompt))
        return LOG_LINE.sub("", printed.partition(START + "\n")[2]).rstrip("\n")

    def leave(self):
        self.send("exit\r")
        self.machine.expect(re.escape("\n" + self.machine.prompt))


@contextlib.contextmanager
def session_of_its_own(folder, **machine):
    """A session on a fresh disk below the folder; after it nothing is left to repair there."""
    image = copy_disk(folder / "disk.img")
    with Machine(image, **machine) as running:
        shell = Session(running.boot())
        yield shell
        shell.leave()
        assert running.shutdown() == 0
    assert_clean(image)
    image.unlink()
