"""Cell suppression of a whole release, solved against the reader who knows the rule.

Which cells to withhold, so that of every small count k values stay possible and one of them is at least k: a 0/1
program over the cells, with a cut for every way in which a reader could still find out (Fischetti and Salazar-González
2000, recalled, not read for this). For a small count p and a pattern, a linear program gives the most (or least) that
a reader must think possible.
Where that is not far enough, its reduced costs d say why: every table x with the same printed sums has
x_p - a_p = -Σ d_j (x_j - a_j), so the cells withheld must satisfy Σ |d_j| · (room of j) · y_j ≥ (what p needs).

A withheld count is at least 1 where every zero is printed: the room downward ends there. The sums between cells are a
relaxation where tables share only some variables; therefore the audit looks for witnesses afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from schakel.disclosure.beside import facts
from schakel.disclosure.findings import LEAKS, Finding
from schakel.disclosure.readers import Knowledge, Output, knowledge
from schakel.disclosure.release import Bools, Release
from schakel.disclosure.solver import ENDLESS, Answer, Floats, Program, Rows
from schakel.disclosure.space import Ints
from schakel.disclosure.spec import PRINTED, TWO_MARKS

MOST_ROUNDS: Final = 300
GAP: Final = 0.03  # a pattern may cost this share more than the cheapest
NEAR: Final = 1e-6
FOUND: Final = "found"
IMPOSSIBLE: Final = "impossible"
TIME: Final = "time"


@dataclass(frozen=True)
class Pattern:
    """The cells to withhold; or that no pattern exists, with the small counts that none can cover."""

    status: str
    withheld: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64), repr=False)
    findings: tuple[Finding, ...] = ()


def suppress(release: Release, *, seconds: float = 60.0) -> Pattern:
    """The cheapest pattern that covers every small count; costs are log(1 + count). The grand total is printed."""
    if release.spec.policy.marks == TWO_MARKS and len(release.targets):
        k = release.spec.policy.k
        return Pattern(
            IMPOSSIBLE, findings=tuple(Finding(LEAKS, key, 1, k - 1) for key in release.keys(release.targets))
        )
    left = uncovered(release, seconds=seconds)
    if left is None:
        return Pattern(TIME)
    if left:
        return Pattern(IMPOSSIBLE, findings=left)
    return _cut(release, _Reach(release, seconds), seconds)


def uncovered(release: Release, *, seconds: float = 60.0) -> tuple[Finding, ...] | None:
    """The small counts that stay open to a reader even when all that may be withheld is; None: no answer in time."""
    attack = _Reach(release, seconds)
    short = attack.short_of(attack.may.astype(float))
    if short is None:
        return None
    return tuple(Finding(LEAKS, release.cells.key(cell), low, high) for cell, (low, high, _) in short.items())


def _cut(release: Release, attack: _Reach, seconds: float) -> Pattern:
    """The cheapest pattern so far, attacked; a cut for everything found; until nothing is found.

    First with parts of cells, which is quick and finds most cuts; then with whole ones.
    """
    choices = np.flatnonzero(attack.may)
    primary = np.isin(choices, release.targets).astype(float)
    costs = np.log1p(release.counts[choices].astype(float)) + 0.01
    rows: list[tuple[Ints, Floats, float]] = []
    for whole in (False, True):
        master = Program(costs, primary, np.ones(len(choices)), Rows(), whole=whole, seconds=seconds, gap=GAP)
        for row in rows:
            master.add_row(*row, ENDLESS)
        for _ in range(MOST_ROUNDS):
            answer = master.solve()
            if answer.columns is None:
                return Pattern(TIME)
            share = np.zeros(release.cells.size)
            share[choices] = np.clip(np.rint(answer.columns) if whole else answer.columns, 0.0, 1.0)
            short = attack.short_of(share)
            if short is None:
                return Pattern(TIME)
            if not short:
                break
            found = [_row(cut, share, attack, choices) for _, _, cuts in short.values() for cut in cuts]
            more = [row for row in found if row is not None]
            for row in more:
                master.add_row(*row, ENDLESS)
            rows += more
            if not more:
                break
        else:
            return Pattern(TIME)
    return Pattern(FOUND, np.flatnonzero(share > NEAR))


def _row(cut: Cut, share: Floats, attack: _Reach, choices: Ints) -> tuple[Ints, Floats, float] | None:
    """A cut as a row over the cells that may be withheld; None where these shares already meet it."""
    room, need = cut
    left = need - float(room[~attack.may].sum())
    used = room[choices]
    if float(used @ share[choices]) >= left - NEAR:
        return None
    places = np.flatnonzero(used > NEAR)
    return places, used[places], left


Cut = tuple[Floats, float]


class _Reach:
    """How far a reader must think each small count possible under a pattern of withheld cells."""

    def __init__(self, release: Release, seconds: float) -> None:
        policy = release.spec.policy
        self.release, self.k = release, policy.k
        positive = release.counts > 0
        self.may: Bools = release.printed & (positive if policy.zeros == PRINTED else True)
        if () in release.cells.numbers:
            self.may[release.cells.number({})] = False  # how many people there are in all is always printed
        withheld = np.where(release.printed & ~self.may, release.counts, -1)
        output = Output(withheld, 0)
        self.known: Knowledge = knowledge(release, output, linear=facts(release, output))
        self.truth = release.counts.astype(float)
        self.program = self._program(seconds)

    def _program(self, seconds: float) -> Program:
        """The sums between cells, and a column for each figure beside, so that all rows are sums to nought."""
        rows = Rows()
        for equation in self.release.equations:
            rows.add([equation.total, *equation.parts], [-1.0, *[1.0] * len(equation.parts)], 0.0, 0.0)
        size, linear = self.release.cells.size, self.known.linear
        for number, fact in enumerate(linear):
            rows.add([*fact.factors, size + number], [*map(float, fact.factors.values()), -1.0], 0.0, 0.0)
        self.low = np.concatenate([self.known.low, np.array([fact.low for fact in linear], dtype=np.int64)]).astype(
            float
        )
        self.high = np.concatenate([self.known.high, np.array([f.high for f in linear], dtype=np.int64)]).astype(float)
        values = [float(fact.value(self.release.counts)) for fact in linear]
        self.all = np.concatenate([self.truth, np.array(values)])
        return Program(np.zeros(size + len(linear)), self.low, self.high, rows, seconds=seconds)

    def short_of(self, share: Floats) -> dict[int, tuple[int, int, list[Cut]]] | None:
        """The small counts that are not covered when this share of each cell is withheld (0: printed, 1: withheld).

        Each with its interval and cuts; None: the solver found no answer in time.
        """
        low, high = self.low.copy(), self.high.copy()
        part = self.release.printed & (share < 1 - NEAR)
        place = np.flatnonzero(part)
        low[place] = self.all[place] - share[place] * (self.all[place] - self.low[place])
        high[place] = self.all[place] + share[place] * np.minimum(self.high[place] - self.all[place], self.k)
        self.program.bound(low, high)
        lowest, highest = self.truth.copy(), self.truth.copy()
        found: dict[int, tuple[int, int, list[Cut]]] = {}
        for cell in self.release.targets.tolist():
            rooms: dict[float, Floats] = {}
            for sign in (-1.0, 1.0):
                if self._enough(lowest[cell], highest[cell]):
                    break
                answer = self._end(cell, sign)
                if answer.status == "unbounded":
                    highest[cell] = np.inf
                    continue
                if answer.columns is None:
                    return None
                lowest = np.minimum(lowest, answer.columns[: len(lowest)])
                highest = np.maximum(highest, answer.columns[: len(highest)])
                rooms[sign] = self._room(answer)
            if not self._enough(lowest[cell], highest[cell]):
                cuts = self._cuts(cell, rooms, float(highest[cell]))
                ends = np.ceil(lowest[cell] - NEAR), np.floor(min(highest[cell], 1e9) + NEAR)
                found[cell] = (int(ends[0]), int(ends[1]), cuts)
        return found

    def _enough(self, low: float, high: float) -> bool:
        """Wide enough, and not provably below k."""
        return bool(high - low >= self.k - 1 - NEAR and high >= self.k - NEAR)

    def _cuts(self, cell: int, rooms: dict[float, Floats], high: float) -> list[Cut]:
        """What the withheld cells must give: enough room up to reach k, and enough up and down together."""
        cuts = []
        if high < self.k - NEAR:
            cuts.append(self._capped(rooms[-1.0], self.k - float(self.truth[cell])))
        if len(rooms) == 2:
            cuts.append(self._capped(rooms[-1.0] + rooms[1.0], float(self.k - 1)))
        return cuts

    def _end(self, cell: int, sign: float) -> Answer:
        costs = np.zeros(len(self.all))
        costs[cell] = sign
        self.program.aim(costs)
        return self.program.solve()

    def _room(self, answer: Answer) -> Floats:
        """The room that each cell, and each figure beside, would give if it were withheld: |reduced cost| · room."""
        assert answer.duals is not None
        duals = np.where(np.abs(answer.duals) < NEAR, 0.0, answer.duals)
        return np.asarray(np.where(duals < 0, -duals * (self.high - self.all), duals * (self.all - self.low)))

    def _capped(self, room: Floats, need: float) -> Cut:
        """No cell gives more than is needed; what figures beside give is there already."""
        always = float(room[len(self.truth) :].sum())
        return np.minimum(room[: len(self.truth)], need), need - always
