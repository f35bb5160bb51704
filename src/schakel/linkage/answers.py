"""Which level a pair gives for each comparison, as SQL of the embedded database (what training counts)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schakel.linkage.dialects import condition
from schakel.linkage.model import Comparison


def both_sides(comparisons: Iterable[Comparison], more: Iterable[str] = ()) -> str:
    """The columns that the comparisons look at, of both registrations: `<name>_l` and `<name>_r`."""
    used = frozenset(more).union(*(one.columns() for one in comparisons))
    return ", ".join(f"l.{name} AS {name}_l, r.{name} AS {name}_r" for name in sorted(used))


def answers(comparisons: Sequence[Comparison]) -> str:
    """For each comparison the place of its first level of which all tests hold, as column `level_<place>`."""
    return ", ".join(f"{_answer(one)} AS level_{place}" for place, one in enumerate(comparisons))


def _answer(one: Comparison) -> str:
    cases = " ".join(
        f"WHEN {condition(level, 'duckdb')} THEN {place}"
        for place, level in enumerate(one.levels)
        if level.tests[0].kind != "rest"
    )
    return f"CASE {cases} ELSE {len(one.levels) - 1} END"
