"""What comes along when something is imported: looked up in a fresh interpreter, because this one has loaded much."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

# Prints, for each statement, the modules that it loads. A fork per statement: each starts with nothing of the house.
CHILD = """
import os, sys
for name in sys.argv[1:]:
    __import__(name)
for statement in sys.stdin.read().split("\\0"):
    if os.fork() == 0:
        before = set(sys.modules)
        exec(statement, {})
        print(statement, *sorted(set(sys.modules) - before), sep="\\t", flush=True)
        os._exit(0)
    if os.wait()[1]:
        sys.exit(f"this fails: {statement}")
"""


def run(code: str, src: Path, *arguments: str, given: str = "") -> str:
    """What the code prints in a fresh interpreter that finds the house under src."""
    environment = {**os.environ, "PYTHONPATH": str(src), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", code, *arguments]
    answer = subprocess.run(command, input=given, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def loaded_by(statements: list[str], src: Path, there: Iterable[str] = ()) -> dict[str, set[str]]:
    """The modules that each statement loads, from an interpreter that has loaded nothing of the house before.

    What may be loaded anyway, and takes long, can be `there` already: it is not told then.
    """
    if not statements:
        return {}
    lines = [line.split("\t") for line in run(CHILD, src, *there, given="\0".join(statements)).splitlines()]
    return {statement: set(modules) for statement, *modules in lines if statement in statements}
