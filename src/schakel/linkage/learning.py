"""m: how often two registrations of one person give each level, found without labels by expectation maximisation.

Pairs that agree on something (a lesson) are a mixture of pairs of one person and pairs of two. Each class has its own
distribution over the levels of each comparison; EM finds both and the share of matches. u of the lesson is free as
well, because two people with one name, or one birth day, are alike in more than that; only m is kept. A little of what
is known beforehand (priors below, in pairs) steadies small lists.

Dempster, Laird & Rubin 1977; Fellegi & Sunter 1969; Winkler 1988 for EM in record linkage (recalled, not read here).
"""

# ruff: noqa: S608  (statements are made of column names that are plain words, see model.from_plain and prepare)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from schakel.linkage.answers import answered, both_sides
from schakel.linkage.duck import rows
from schakel.linkage.model import Comparison, Key

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEADY_M: Final = 4.0
STEADY_U: Final = 20.0
"""How many pairs what is known beforehand counts for: a common shape for m, chance for u."""
FIRST_LEVEL: Final = 0.75
MOST_PAIRS: Final = 1_000_000
ROUNDS: Final = 300
SETTLED: Final = 1e-5


@dataclass(frozen=True)
class Lesson:
    """Pairs that agree on these columns teach what the comparisons without these columns give for one person."""

    columns: tuple[str, ...]

    def teaches(self, one: Comparison) -> bool:
        return not one.columns() & set(self.columns)


@dataclass(frozen=True, eq=False)
class Learnt:
    """What one lesson found: m by level, and how many pairs of one person it rests on (expected)."""

    m: Mapping[Key, float]
    matches: float


LESSONS: Final = (Lesson(("birth_day",)), Lesson(("given", "surname")))


def taught(
    connection: Any, table: str, lesson: Lesson, comparisons: Sequence[Comparison], u: Mapping[Key, float]
) -> Learnt:
    """The lesson on the pairs of one table. No pairs: nothing learnt, and `matches` is 0."""
    alike = [one for one in comparisons if lesson.teaches(one)]
    patterns, counts = _patterns(connection, table, lesson, alike)
    if not len(counts) or not alike:
        return Learnt({}, 0.0)
    m, share = mixture(patterns, counts, [_start(one) for one in alike], [_chance(one, u) for one in alike])
    found = {
        (one.name, level.name): float(values[place])
        for one, values in zip(alike, m, strict=True)
        for place, level in enumerate(one.levels)
        if not level.missing
    }
    return Learnt(found, share * float(counts.sum()))


def _patterns(
    connection: Any, table: str, lesson: Lesson, alike: Sequence[Comparison]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Which combinations of levels the pairs of a lesson give, and how often (of many pairs a share)."""
    if not alike:
        return np.zeros((0, 0), dtype=np.int64), np.zeros(0)
    columns = ", ".join(lesson.columns)
    ((many,),) = rows(
        connection,
        f"SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM (SELECT count(*) AS n FROM {table} GROUP BY {columns})",
    )
    part = max(1, -(-int(many) // MOST_PAIRS))
    agree = " AND ".join(f"l.{name} = r.{name}" for name in lesson.columns)
    pairs = (
        f"SELECT {both_sides(alike)} FROM {table} l JOIN {table} r ON {agree} AND l.record < r.record "
        f"AND NOT (l.list = r.list AND l.once) WHERE hash(l.record, r.record) % {part} = 0"
    )
    levels = ", ".join(f"level_{place}" for place in range(len(alike)))
    found = rows(connection, f"SELECT {levels}, count(*) FROM ({answered(alike, pairs)}) GROUP BY ALL ORDER BY ALL")
    table_of = np.array(found, dtype=np.int64).reshape(len(found), len(alike) + 1)
    return table_of[:, :-1], table_of[:, -1].astype(np.float64)


def _start(one: Comparison) -> NDArray[np.float64]:
    """Where m begins: most people agree with themselves. Missing levels have no share."""
    known = np.array([not level.missing for level in one.levels])
    made = np.where(known, (1 - FIRST_LEVEL) / max(known.sum() - 1, 1), 0.0)
    made[int(np.argmax(known))] = FIRST_LEVEL
    return made


def _chance(one: Comparison, u: Mapping[Key, float]) -> NDArray[np.float64]:
    return np.array([0.0 if level.missing else u[one.name, level.name] for level in one.levels])


def mixture(
    patterns: NDArray[np.int64],
    counts: NDArray[np.float64],
    m: Sequence[NDArray[np.float64]],
    u: Sequence[NDArray[np.float64]],
) -> tuple[list[NDArray[np.float64]], float]:
    """EM for two classes with independent levels: m of each comparison, and the share of matches.

    `patterns` (p, c) holds level numbers, `counts` (p,) how often each pattern was seen; a level whose start is 0 is
    "missing" and says nothing. Maximum a posteriori with Dirichlet priors of STEADY_M and STEADY_U pairs.
    """
    m, u, prior_m, prior_u = list(m), list(u), list(m), list(u)
    share = 0.5
    for _ in range(ROUNDS):
        match = _expected(patterns, m, u, share)
        before, share = share, float(np.clip((counts * match).sum() / counts.sum(), 1e-6, 1 - 1e-6))
        for place in range(patterns.shape[1]):
            level = patterns[:, place]
            m[place] = _levels(level, counts * match, prior_m[place], STEADY_M)
            u[place] = _levels(level, counts * (1 - match), prior_u[place], STEADY_U)
        if abs(share - before) < SETTLED * share:
            break
    return m, share


def _expected(
    patterns: NDArray[np.int64], m: Sequence[NDArray[np.float64]], u: Sequence[NDArray[np.float64]], share: float
) -> NDArray[np.float64]:
    """The probability of a match for each pattern."""
    odds = np.full(len(patterns), np.log(share / (1 - share)))
    for place, (of_one, of_two) in enumerate(zip(m, u, strict=True)):
        weight = np.zeros(len(of_one))
        np.log(of_one, out=weight, where=of_one > 0)
        weight -= np.log(of_two, out=np.zeros(len(of_two)), where=of_two > 0)
        odds += weight[patterns[:, place]]
    found: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -60, 60)))
    return found


def _levels(
    level: NDArray[np.int64], weight: NDArray[np.float64], prior: NDArray[np.float64], steady: float
) -> NDArray[np.float64]:
    """The share of each level, drawn to the prior; a missing level keeps 0."""
    seen = np.bincount(level, weights=weight, minlength=len(prior)) * (prior > 0)
    found: NDArray[np.float64] = (seen + steady * prior) / (seen.sum() + steady * prior.sum())
    return found


def together(lessons: Sequence[Learnt]) -> dict[Key, float]:
    """m over lessons, each counting by the matches it rests on."""
    keys = sorted({key for lesson in lessons for key in lesson.m})
    return {
        key: sum(lesson.m[key] * lesson.matches for lesson in lessons if key in lesson.m)
        / max(sum(lesson.matches for lesson in lessons if key in lesson.m), 1e-300)
        for key in keys
    }
