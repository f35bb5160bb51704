"""What the documentation shows runs: commands print what stands below them, and the Python works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts import console

ROOT = Path(__file__).parents[3]
DOCS = sorted((ROOT / "docs").rglob("*.md"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", [page for page in DOCS if "```console" in page.read_text("utf-8")], ids=named)
def test_commands_in_the_docs_print_what_stands_below_them(page: Path) -> None:
    shown = page.read_text(encoding="utf-8")
    assert console.refreshed(shown) == shown, "run: .venv/bin/python scripts/console.py"


def test_the_python_in_the_docs_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", "\n".join(page.read_text("utf-8") for page in DOCS), re.DOTALL)
    # What reads a file that an earlier step of its page made is run by tests/journeys, with that step.
    alone = [block for block in blocks if "read_bytes" not in block]
    assert alone
    for block in alone:
        exec(compile(block, "docs", "exec"), {})
