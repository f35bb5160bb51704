"""The commands as processes of their own: all that was said arrives, and nobody who stops listening sees a trace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from schakel.cli import main

COMMAND = [sys.executable, "-c", "import sys; from schakel.cli import main; sys.exit(main())"]
FULL = Path("/dev/full")


def command(*words: str, **how: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *words], stderr=subprocess.PIPE, text=True, check=False, **how)


def test_all_that_was_said_arrives(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["facts", "--json"]) == 0
    said = capsys.readouterr().out
    assert len(said) > 10_000  # more than is held back until it is written
    piped = command("facts", "--json", stdout=subprocess.PIPE)
    assert (piped.returncode, piped.stdout, piped.stderr) == (0, said, "")
    with (tmp_path / "facts.json").open("w") as file:
        assert command("facts", "--json", stdout=file).returncode == 0
    assert (tmp_path / "facts.json").read_text() == said


def test_the_codes_come_out(tmp_path: Path) -> None:
    (tmp_path / "failing.csv").write_text("A,B,C,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,6\n")
    none = command("estimate", str(tmp_path / "failing.csv"), "--model", "[12,3]", "--json", stdout=subprocess.PIPE)
    assert none.returncode == 1
    assert '"population": null' in none.stdout
    wrong = command("estimate", str(tmp_path / "nothing.csv"), stdout=subprocess.PIPE)
    assert (wrong.returncode, wrong.stdout, wrong.stderr.count("\n")) == (2, "", 1)


def test_whoever_stops_listening_hears_no_trace() -> None:
    heard, said = os.pipe()
    os.close(heard)
    with os.fdopen(said, "w") as closed:
        done = command("facts", "--json", stdout=closed)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not FULL.exists(), reason="only where the system has a device that is always full")
@pytest.mark.parametrize("words", [("facts", "--json"), ("facts",)])
def test_no_room_left_is_one_sentence(words: tuple[str, ...]) -> None:
    with FULL.open("w") as full:
        done = command(*words, "--lang", "en", stdout=full)
    assert done.returncode == 2
    assert done.stderr == (
        "schakel facts: there is no room left to write in. Make room on the disk, or write somewhere else.\n"
    )


def test_what_commands_stand_on_loads_without_the_manual_of_numpy() -> None:
    """As a process of its own: what a command loads, loads; and a NumPy whose manual has moved is noticed."""
    libraries = "numpy.ma, numpy.random, scipy.stats, scipy.optimize, pandas, pyarrow.parquet, duckdb, splink, altair"
    told = "print(numpy.ndarray.sum.__doc__, numpy.float64.__doc__)"
    script = f"from schakel.cli import load_lightly; load_lightly(); import {libraries}, numpy; {told}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "None None\n"), done.stderr


def test_a_command_whose_output_is_closed_does_its_work(tmp_path: Path) -> None:
    (tmp_path / "lists.csv").write_text(
        "A,B,C,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,6\n1,0,1,5\n0,1,1,4\n1,1,1,2\n"
    )
    words = ["estimate", str(tmp_path / "lists.csv"), "--interval", "none"]
    closed = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", *COMMAND, *words], capture_output=True, check=False)
    assert (closed.returncode, closed.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="only where the system has a device without an end")
def test_a_device_without_an_end_is_no_file(tmp_path: Path) -> None:
    for words in (["/dev/zero"], [str(tmp_path / "lists.csv"), "--resume", "/dev/zero"]):
        (tmp_path / "lists.csv").write_text("A,B,count\n1,0,40\n0,1,30\n1,1,6\n")
        done = command("estimate", *words, "--lang", "en", stdout=subprocess.PIPE)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert "'zero'" in done.stderr
