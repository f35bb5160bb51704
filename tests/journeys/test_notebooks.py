"""The tutorials that are notebooks run from top to bottom, and print what they printed when they were written."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pytest

from scripts import notebooks

NUMBER = re.compile(r"\d[\d.,]*%?")


def shape(words: str) -> str:
    """Words without numbers and blanks: another machine may round the last digit otherwise."""
    return " ".join(NUMBER.sub("#", words).split())


@pytest.mark.parametrize("source", notebooks.sources(), ids=lambda source: source.stem)
def test_a_notebook_runs_and_prints_what_it_shows(source: Path) -> None:
    import nbformat

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the notebook's own machinery
        made = notebooks.executed(source)
    kept = nbformat.read(source.with_suffix(".ipynb"), as_version=4)
    run = "run: .venv/bin/python scripts/notebooks.py"
    assert [cell.source for cell in made.cells] == [cell.source for cell in kept.cells], run
    assert [shape(words) for words in notebooks.printed(made)] == [shape(words) for words in notebooks.printed(kept)], (
        run
    )
