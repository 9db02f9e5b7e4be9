"""A server and its client, and how little code they are."""
import pathlib

from harness import Machine, target_folder

MOST_LINES = 35


def test_echo_says_what_it_is_told(tmp_path):
    blank = tmp_path / "blank.img"
    with open(blank, "wb") as image:
        image.truncate(1 << 20)
    with Machine(blank, image=target_folder() / "scenarios" / "echo.bin") as machine:
        machine.console.expect_exact("echo-client: Baton")
        machine.console.expect_exact("echo-client: passes it on")


def test_echo_takes_few_lines():
    sources = sorted(pathlib.Path("tests/echo").glob("*.cpp"))
    lines = sum(len(source.read_text().splitlines()) for source in sources)
    assert len(sources) == 2 and lines <= MOST_LINES
