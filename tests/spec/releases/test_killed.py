"""A process that is killed while it writes leaves no half of a release, and nothing that was not to be published."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.schakel.disclosure.small import people

SPEC = """
id: trial
title: {nl: Proef, en: Trial}
period: {from: 2021-01-01, to: 2023-12-31}
tables:
  - {name: sex-age, by: [sex, age]}
"""
KILLED = """
import os, pathlib, signal, sys
from schakel.cli import main

def die(*given, **named):
    os.kill(os.getpid(), signal.SIGKILL)

writing, count = pathlib.Path.%(writes)s, 0
def write(self, *given, **named):
    global count
    count += 1
    if count == %(after)d:
        die()
    return writing(self, *given, **named)

if %(after)d:
    pathlib.Path.%(writes)s = write
else:
    os.rename = die
main(sys.argv[1:])
"""


def killed(folder: Path, after: int, writes: str, *words: str) -> None:
    """Run a command that is killed at its file number `after`; 0: when all is written and only its name is missing."""
    program = KILLED % {"after": after, "writes": writes}
    done = subprocess.run([sys.executable, "-c", program, *words], cwd=folder, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.parametrize("after", [1, 2, 3, 0])
def test_protect_killed_while_it_writes_leaves_no_release(tmp_path, after):
    people(80).to_csv(tmp_path / "people.csv", index=False)
    (tmp_path / "spec.yaml").write_text(SPEC, encoding="utf-8")
    killed(tmp_path, after, "write_text", "protect", "spec.yaml", "people.csv", "--out", "out")
    assert not (tmp_path / "out").exists()
    left = {file.name for file in tmp_path.glob(".out.*/*")}
    assert left <= {"cells.csv", "audit.json", "spec.yaml"}
    for cells in tmp_path.glob(".out.*/cells.csv"):
        values = [line.split(",")[-2] for line in cells.read_text(encoding="utf-8").splitlines()[1:]]
        assert all(int(value) % 5 == 0 for value in values)


@pytest.mark.parametrize("after", [2, 0])
def test_factsheet_killed_while_it_writes_leaves_no_folder(tmp_path, after):
    killed(tmp_path, after, "write_bytes", "factsheet", "--year", "2011", "--date", "2026-11-26", "--out", "out")
    assert not (tmp_path / "out").exists()
