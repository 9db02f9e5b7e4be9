"""Fuzzes the message decoder for a while, against the official Cap'n Proto library."""
import os
import pathlib
import subprocess

FUZZ = pathlib.Path("build/host/fuzz")
SECONDS = os.environ.get("BATON_FUZZ_SECONDS", "10")


def test_the_decoder_agrees_with_the_official_library():
    found = FUZZ / "found"
    found.mkdir(exist_ok=True)
    command = [FUZZ / "codec", f"-max_total_time={SECONDS}", "-max_len=4096", "-timeout=10",
               f"-artifact_prefix={found}/crash-", found, FUZZ / "seeds"]
    run = subprocess.run(command, text=True, errors="replace", capture_output=True)
    assert run.returncode == 0, run.stderr[-4000:]
