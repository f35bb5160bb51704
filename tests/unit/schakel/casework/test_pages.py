"""The pages that are made from casework and sharing content are those of today."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import lifecycles


@pytest.mark.parametrize(("path", "made"), lifecycles.pages().items(), ids=lambda part: getattr(part, "name", ""))
def test_generated_pages_are_up_to_date(path: Path, made: str) -> None:
    assert path.read_text(encoding="utf-8") == made, "run: .venv/bin/python scripts/lifecycles.py"
