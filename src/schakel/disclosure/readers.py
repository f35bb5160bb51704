"""What a reader knows: for each cell the counts that what is printed allows, and figures that tie cells together.

Three readers, each knowing all that the one before knows. *Counts*: counts are whole numbers of 0 or more. *Zeros*:
every zero is printed, so a withheld count is at least 1. *Rule*: what the marks mean, the base or k, and everything
else that the release says about how it was protected. A witness against the last one is one against all three.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from schakel.disclosure.release import Release
from schakel.disclosure.space import Ints
from schakel.disclosure.spec import PRINTED, ROUNDING, TWO_MARKS, Policy

NO_LIMIT: Final = 1 << 40
COUNTS: Final = "counts"
ZEROS: Final = "zeros"
RULE: Final = "rule"
READERS: Final = (COUNTS, ZEROS, RULE)
WITHHELD: Final = -1
SHOWN, SMALL_MARK, OTHER_MARK = "printed", "small", "withheld"


@dataclass(frozen=True)
class Linear:
    """low ≤ Σ factor · count ≤ high over some cells, all whole numbers: what a percentage, rate or average tells."""

    name: str
    factors: Mapping[int, int]
    low: int = -(1 << 60)
    high: int = 1 << 60

    def value(self, counts: Ints) -> int:
        return sum(factor * int(counts[cell]) for cell, factor in self.factors.items())

    def holds(self, counts: Ints) -> bool:
        return self.low <= self.value(counts) <= self.high


@dataclass(frozen=True)
class Output:
    """What is printed, by cell: a value, or `WITHHELD`; and for a withheld one which mark stands there.

    `reach`: printed and true count differ by this at most (0: printed counts are true). `unprinted` is left out of
    `values` by -1 as well: `printed` tells the two apart.
    """

    values: Ints = field(repr=False)
    reach: int = 0
    small: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64), repr=False)
    """With two marks: the cells that carry the mark for small counts."""


@dataclass(frozen=True)
class Knowledge:
    """All that one reader knows: bounds on each cell's count, and what ties cells together."""

    low: Ints = field(repr=False)
    high: Ints = field(repr=False)
    linear: tuple[Linear, ...] = ()

    def holds(self, counts: Ints) -> bool:
        """Whether whole-number counts agree with everything known."""
        inside = bool(((counts >= self.low) & (counts <= self.high)).all())
        return inside and all(fact.holds(counts) for fact in self.linear)


def knowledge(release: Release, output: Output, reader: str = RULE, linear: tuple[Linear, ...] = ()) -> Knowledge:
    """What a reader knows of every cell of a release from what is printed, earlier releases and figures beside.

    Of counts that an earlier release printed and that have been revised since (the true count does not agree any more)
    nothing is assumed.
    """
    low = np.zeros(release.cells.size, dtype=np.int64)
    high = np.full(release.cells.size, NO_LIMIT, dtype=np.int64)
    shown = release.printed & (output.values >= 0)
    low[shown] = np.maximum(output.values[shown] - output.reach, 0)
    high[shown] = output.values[shown] + output.reach
    hidden = release.printed & (output.values < 0)
    least, most = withheld_bounds(release.spec.policy, reader)
    low[hidden] = least
    if reader == RULE and release.spec.policy.marks == TWO_MARKS and release.spec.policy.mode != ROUNDING:
        low[hidden] = release.spec.policy.k if least else 0
        low[output.small], high[output.small] = 1, most
    _listed(release, low)
    _before(release, low, high)
    return Knowledge(low, high, linear)


def withheld_bounds(policy: Policy, reader: str) -> tuple[int, int]:
    """The least a withheld count can be for this reader, and the most that one with the mark for small counts can."""
    least = 1 if reader in (ZEROS, RULE) and policy.zeros == PRINTED else 0
    return least, policy.k - 1


def _listed(release: Release, low: Ints) -> None:
    """A category that was read from the data exists: somebody has it. Declared lists tell nothing."""
    for name in release.undeclared:
        number = release.cells.block.get(((name, 0),))
        if number is not None:
            part = slice(int(release.cells.offsets[number]), int(release.cells.offsets[number + 1]))
            low[part] = np.maximum(low[part], 1)


def _before(release: Release, low: Ints, high: Ints) -> None:
    """What earlier releases printed narrows what is possible now."""
    for before in release.earlier:
        for key, (least, most) in before.cells.items():
            cell = release.cells.number(dict(key))
            truth = int(release.counts[cell])
            upper = NO_LIMIT if most is None else most
            if least <= truth <= upper:
                low[cell], high[cell] = max(int(low[cell]), least), min(int(high[cell]), upper)
