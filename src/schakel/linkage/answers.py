"""Which level a pair gives for each comparison, as SQL of the embedded database (what training counts)."""

# ruff: noqa: S608  (statements are made of column names that are plain words, see model.from_plain and prepare)

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from schakel.linkage.dialects import condition
from schakel.linkage.model import Comparison

_APART: Final = re.compile(r"levenshtein\((\w+)_l, \1_r\)")


def both_sides(comparisons: Iterable[Comparison], more: Iterable[str] = ()) -> str:
    """The columns that the comparisons look at, of both registrations: `<name>_l` and `<name>_r`."""
    used = frozenset(more).union(*(one.columns() for one in comparisons))
    return ", ".join(f"l.{name} AS {name}_l, r.{name} AS {name}_r" for name in sorted(used))


def answers(comparisons: Sequence[Comparison]) -> str:
    """For each comparison the place of its first level of which all tests hold, as column `level_<place>`."""
    return ", ".join(f"{_answer(one)} AS level_{place}" for place, one in enumerate(comparisons))


def answered(comparisons: Sequence[Comparison], pairs: str) -> str:
    """The answers that each of some pairs gives (a statement that selects both sides), as a statement.

    How far apart two texts are is worked out once a pair, for all levels that ask it.
    """
    found = answers(comparisons)
    asked = sorted({*_APART.findall(found)})
    apart = "".join(f", levenshtein({name}_l, {name}_r) AS apart_{name}" for name in asked)
    return f"SELECT {_APART.sub(_named, found)} FROM (SELECT *{apart} FROM ({pairs}))"


def _named(call: re.Match[str]) -> str:
    return f"apart_{call[1]}"


def _answer(one: Comparison) -> str:
    cases = " ".join(
        f"WHEN {condition(level, 'duckdb')} THEN {place}"
        for place, level in enumerate(one.levels)
        if level.tests[0].kind != "rest"
    )
    return f"CASE {cases} ELSE {len(one.levels) - 1} END"
