"""Controlled rounding of a whole release at once: every printed sum adds up, every count moves less than one base.

Each count x becomes one of the two multiples of the base b around it (a multiple stays). With x = b·f + ρ and u in
{0, 1} saying "up", the printed value is b·(f + u), and every printed sum total = Σ parts holds for the printed values:
Σ u_part - u_total = f_total - Σ f_part. Minimised is Σ |printed - x| = Σ ρ + (b - 2ρ)·u. This is zero-restricted
controlled rounding (Cox 1987; Salazar-González, Lowthian, Young et al. 2004; both recalled, not read for this).
If no such rounding exists, one multiple further is allowed, and the release says so.

A reader who knows that the smallest total change was sought can rule roundings out. Therefore the rounding is drawn:
costs are disturbed with a secret seed, and what is drawn may cost at most a published allowance more than the smallest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from schakel.disclosure.release import Release
from schakel.disclosure.solver import Answer, Floats, Program, Rows
from schakel.disclosure.space import Ints

DISAGREES: Final = 1000.0  # an earlier value is kept wherever the sums allow it
DISTURBANCES: Final = (1.0, 0.5, 0.25, 0.1, 0.03, 0.0)


@dataclass(frozen=True)
class Rounding:
    """Printed values by cell (-1 where nobody prints); `steps` 1, or 2 where second-nearest multiples were needed."""

    values: Ints = field(repr=False)
    base: int
    steps: int
    change: int
    smallest: int
    allowed: int
    """The most total change that the published allowance permits."""
    bases: int

    @property
    def reach(self) -> int:
        """A printed value and the true count differ by this at most."""
        return self.base * self.steps - 1


def round_release(
    release: Release, *, seed: int, agreed: Mapping[int, int] | None = None, bases: int | None = None,
    seconds: float = 60.0,
) -> Rounding | None:  # fmt: skip
    """A rounding of everything printed, drawn with the seed among those near the smallest total change.

    `agreed` holds values that earlier releases printed for the same cells: they are kept where the sums allow it.
    `bases` overrides the policy's allowance. None: the solver found no answer in time.
    """
    cells = np.flatnonzero(release.printed)
    for steps in (1, 2):
        model = _Model(release, cells, steps, agreed or {}, seconds)
        best = model.solve(np.zeros(len(cells)), np.zeros(len(cells)))
        if best.status == "optimal":
            return _drawn(release, model, best, seed, release.spec.policy.bases if bases is None else bases)
        if best.status == "time":
            return None
    return None


def _drawn(release: Release, model: _Model, best: Answer, seed: int, bases: int) -> Rounding | None:
    policy = release.spec.policy
    smallest = model.change(best)
    allowed = smallest + max(smallest * policy.percent // 100, bases * policy.base)
    rng = np.random.default_rng(seed)
    up, down = rng.exponential(size=(2, len(model.cells)))
    chosen = best
    for strength in DISTURBANCES:
        found = model.solve(strength * (up - 1), strength * (down - 1))
        if found.status == "time":
            return None
        if model.change(found) <= allowed:
            chosen = found
            break
    values = np.full(release.cells.size, -1, dtype=np.int64)
    values[model.cells] = model.values(chosen)
    return Rounding(values, policy.base, model.steps, model.change(chosen), smallest, allowed, bases)


class _Model:
    """The whole-number program: a column "up" for each cell that is no multiple; with two steps also "one further"."""

    def __init__(self, release: Release, cells: Ints, steps: int, agreed: Mapping[int, int], seconds: float) -> None:
        self.cells, self.steps, self.base = cells, steps, release.spec.policy.base
        self.truth = release.counts[cells]
        self.floor, self.rest = np.divmod(self.truth, self.base)
        self.apart = self._apart(agreed)
        place = np.full(release.cells.size, -1, dtype=np.int64)
        place[cells] = np.arange(len(cells))
        rows = Rows()
        for equation in release.equations:
            members = place[[equation.total, *equation.parts]]
            if (members >= 0).all():
                self._add(rows, members)
        lower, upper = self._bounds()
        self.program = Program(np.zeros(len(lower)), lower, upper, rows, whole=True, seconds=seconds)

    def _apart(self, agreed: Mapping[int, int]) -> Floats:
        """Added cost of going up (positive) or down (negative) where an earlier release printed a value."""
        found = np.zeros(len(self.cells))
        for number, cell in enumerate(self.cells.tolist()):
            if cell in agreed and self.rest[number]:
                found[number] = DISAGREES if agreed[cell] <= self.truth[number] else -DISAGREES
        return found

    def _bounds(self) -> tuple[Floats, Floats]:
        free = (self.rest > 0).astype(float)
        if self.steps == 1:
            return np.zeros(len(free)), free
        possible = (self.floor > 0).astype(float)  # no count is printed below nought
        zeros = np.zeros(len(free))
        return np.concatenate([zeros, zeros, zeros]), np.concatenate([free, np.ones(len(free)), possible])

    def _add(self, rows: Rows, members: Ints) -> None:
        """Σ parts - total = 0, in units of the base; what cannot move is left out."""
        signs = np.where(np.arange(len(members)) == 0, -1.0, 1.0)
        gap = -float(np.sum(signs * self.floor[members]))
        if self.steps == 2:
            size = len(self.cells)
            columns = np.concatenate([members, members + size, members + 2 * size])
            rows.add(columns, np.concatenate([signs, signs, -signs]), gap, gap)
            return
        moving = self.rest[members] > 0
        if moving.any():
            rows.add(members[moving], signs[moving], gap, gap)

    def solve(self, up: Floats, down: Floats) -> Answer:
        """Minimise the total change, the change up and down of each cell multiplied by 1 + `up` and 1 + `down`."""
        rising, falling = (self.base - self.rest) * (1 + up), self.rest * (1 + down)
        costs = rising - falling + self.apart
        if self.steps == 2:
            further = float(self.base) * 4  # only where nothing else exists
            costs = np.concatenate([costs, np.full(2 * len(costs), further)])
        self.program.aim(costs)
        return self.program.solve()

    def values(self, answer: Answer) -> Ints:
        assert answer.columns is not None
        columns = np.rint(answer.columns).astype(np.int64).reshape(1 if self.steps == 1 else 3, -1)
        further = 0 if self.steps == 1 else columns[1] - columns[2]
        return np.asarray(self.base * (self.floor + columns[0] + further))

    def change(self, answer: Answer) -> int:
        return int(np.abs(self.values(answer) - self.truth).sum())
