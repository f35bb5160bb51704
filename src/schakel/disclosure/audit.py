"""The audit of a release: an attack on every small count, and a proof or a refusal for each.

A small cell is *safe* when two whole tables are shown that agree with everything printed and differ in it by the width
(base-1 or k-1), and, with suppression, when one of them has at least k in it. It *leaks* when a linear program shows
that its interval is narrower. With neither it is *unproved*, which is a refusal too. Findings are for the author only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from schakel.disclosure.attack import MOST_RECORDS, CellAttack, Interval, RecordAttack, cross, some_records
from schakel.disclosure.beside import facts
from schakel.disclosure.findings import LEAKS, OPTIMAL, OUTSIDE, SUM, UNPROVED, Finding
from schakel.disclosure.near import near_witnesses
from schakel.disclosure.optimal import OptimalReader, optimal_reader
from schakel.disclosure.readers import COUNTS, READERS, RULE, ZEROS, Knowledge, Output, knowledge
from schakel.disclosure.release import Release
from schakel.disclosure.rounding import Rounding
from schakel.disclosure.spec import ROUNDING
from schakel.disclosure.witnesses import Walk, World

SMALL_RELEASE: Final = 1_500
"""In a release of at most so many cells every small cell is attacked by linear programs, witnessed or not."""
NOT_ROUNDED, WITNESSED, ENUMERATED, DRAWN = "not-rounded", "witnessed", "enumerated", "drawn"
"""What stands against the reader who knows that the rounding is near the smallest: two possible tables are shown for
each small count; every possible table was tried; or the drawing with a secret seed alone."""
EXCURSIONS: Final = 8
STEPS: Final = 400


@dataclass(frozen=True)
class Audit:
    """What the attack found. `intervals` are those of linear programs, where they were run; author only."""

    findings: tuple[Finding, ...]
    attacked: int
    witnessed: int
    intervals: Mapping[int, Interval] = field(repr=False)
    optimal: str = NOT_ROUNDED
    narrowest: int | None = None

    @property
    def safe(self) -> bool:
        return not self.findings


def audit(
    release: Release, output: Output, *, seed: int = 0, rounding: Rounding | None = None, seconds: float = 60.0,
    readers: Sequence[str] = READERS,
) -> Audit:  # fmt: skip
    """Attack what is printed of a release. `rounding` lets the reader who knows that it is optimal attack too."""
    broken = _sums(release, output)
    known = {reader: knowledge(release, output, reader, facts(release, output)) for reader in readers}
    strongest = known[readers[-1]]
    broken += _outside(release, strongest)
    if broken:
        return Audit(tuple(broken), 0, 0, {})
    proof = _Proof(release, strongest, seed=seed, seconds=seconds)
    proof.hunt()
    proof.walk()
    proof.solve()
    findings = [_told(release, number, proof, known, seconds) for number in proof.open()]
    told, found = _optimal(release, rounding, strongest, seconds) if rounding and not findings else (NOT_ROUNDED, [])
    narrow = [interval.width for interval in proof.intervals.values()]
    return Audit(
        tuple(findings + found), len(proof.targets), len(proof.targets) - len(findings), proof.intervals, told,
        min(narrow, default=None),
    )  # fmt: skip


class _Proof:
    """Witnesses gathered for every target, and the linear programs run for those without."""

    def __init__(self, release: Release, known: Knowledge, *, seed: int, seconds: float) -> None:
        self.release, self.known, self.seed, self.seconds = release, known, seed, seconds
        policy = release.spec.policy
        self.width = policy.width
        self.reach = policy.k if policy.mode != ROUNDING else 0
        self.targets = release.targets
        self.lowest, self.highest = release.counts[self.targets].copy(), release.counts[self.targets].copy()
        self.intervals: dict[int, Interval] = {}
        self.proved_narrow: set[int] = set()

    def open(self) -> list[int]:
        """The targets, by their place, that no pair of checked worlds shows to be safe."""
        narrow = self.highest - self.lowest < self.width
        return [int(number) for number in np.flatnonzero(narrow | (self.highest < self.reach))]

    def take(self, world: World) -> None:
        """A world counts only after it has been made again from nothing and agrees with all that is known."""
        counts = world.counts(self.release)
        if counts is not None and self.known.holds(counts):
            self.lowest = np.minimum(self.lowest, counts[self.targets])
            self.highest = np.maximum(self.highest, counts[self.targets])

    def walk(self) -> None:
        """Excursions from the true file to the two ends of every target that is still open."""
        if self.reach and not self._loose():
            return
        walk = Walk(self.release, self.known, self.targets, seed=self.seed)
        for number in range(len(self.targets)):
            if self._narrow(self.intervals.get(int(self.targets[number]))):
                continue
            for attempt in range(EXCURSIONS):
                low, high = int(walk.lowest[number]), int(walk.highest[number])
                if high - low >= self.width and high >= self.reach:
                    break
                self._excursion(walk, number, attempt)
        for world in walk.worlds:
            self.take(world)

    def _loose(self) -> bool:
        """Whether single records can move at all: not when most of what is printed is exact."""
        return bool((self.known.low < self.known.high)[self.release.printed].mean() > 0.5)

    def _excursion(self, walk: Walk, number: int, attempt: int) -> None:
        cell = int(self.targets[number])
        least, most = int(self.known.low[cell]), int(self.known.high[cell])
        high = max(int(walk.highest[number]), self.reach, min(int(walk.lowest[number]) + self.width, most))
        walk.excursion(cell, max(least, high - self.width), STEPS)
        walk.excursion(cell, min(max(int(walk.lowest[number]) + self.width, self.reach), most), STEPS)
        if attempt % 3 == 2:
            walk.start()

    def hunt(self) -> None:
        """Linear programs over the cells for every target of a small release: what they find narrow is lost."""
        if self.release.cells.size <= SMALL_RELEASE:
            self._intervals(range(len(self.targets)))

    def solve(self) -> None:
        """For each target that is still open: is it narrow? If not, whole tables out of people's combinations."""
        self._intervals([number for number in self.open() if int(self.targets[number]) not in self.intervals])
        left = [number for number in self.open() if not self._narrow(self.intervals.get(int(self.targets[number])))]
        if left:
            self._records(left, cross(self.release.cells) <= MOST_RECORDS)

    def _intervals(self, numbers: Sequence[int]) -> None:
        if not len(numbers):
            return
        cells = CellAttack(self.release, self.known, seconds=self.seconds)
        for number in numbers:
            cell = int(self.targets[number])
            found = cells.interval(cell)
            if found is not None:
                self.intervals[cell] = found

    def _narrow(self, interval: Interval | None) -> bool:
        if interval is None:
            return False
        return interval.width < self.width or (interval.high is not None and interval.high < self.reach)

    def _records(self, left: list[int], exact: bool) -> None:
        """Whole tables out of people's combinations, one program for all targets that are left."""
        targets = [int(self.targets[number]) for number in left]
        records = some_records(self.release, targets, seed=self.seed)
        attack = RecordAttack(self.release, self.known, records, seconds=self.seconds)
        for number, cell in zip(left, targets, strict=True):
            if number not in self.open():
                continue
            interval, worlds = attack.ends(cell)
            for world in worlds:
                self.take(world)
            if interval is not None and exact:
                self.intervals[cell] = interval
            if number in self.open() and not (exact and self._narrow(interval)):
                for world in attack.whole_ends(cell):
                    self.take(world)


def _told(release: Release, number: int, proof: _Proof, known: Mapping[str, Knowledge], seconds: float) -> Finding:
    """The finding for an open target: a leak, and the least informed reader who sees it; or unproved."""
    cell = int(proof.targets[number])
    key = release.cells.key(cell)
    interval = proof.intervals.get(cell)
    if not proof._narrow(interval):
        return Finding(UNPROVED, key, int(proof.lowest[number]), int(proof.highest[number]))
    assert interval is not None
    reader = RULE
    for weaker in (COUNTS, ZEROS):
        if weaker in known:
            attack = CellAttack(release, known[weaker], seconds=seconds).interval(cell)
            if proof._narrow(attack):
                reader = weaker
                break
    return Finding(LEAKS, key, interval.low, interval.high, reader)


def _outside(release: Release, known: Knowledge) -> list[Finding]:
    """Truth inside: a true count outside what is told possible means that the release or the audit is broken."""
    wrong = np.flatnonzero((release.counts < known.low) | (release.counts > known.high))
    found = [Finding(OUTSIDE, release.cells.key(int(c)), int(known.low[c]), int(known.high[c])) for c in wrong]
    return found + [
        Finding(OUTSIDE, (("beside", fact.name),)) for fact in known.linear if not fact.holds(release.counts)
    ]


def _sums(release: Release, output: Output) -> list[Finding]:
    """Every printed sum must add up, as far as nothing in it is withheld."""
    found = []
    shown = release.printed & (output.values >= 0)
    for equation in release.equations:
        if shown[equation.total] and shown[list(equation.parts)].all():
            total, parts = int(output.values[equation.total]), int(output.values[list(equation.parts)].sum())
            if total != parts:
                found.append(Finding(SUM, release.cells.key(equation.total), parts, total))
    return found


def _optimal(
    release: Release, rounding: Rounding, known: Knowledge, seconds: float
) -> tuple[str, list[Finding]]:  # fmt: skip
    """What is claimed against the reader who knows that the rounding is near the smallest, and what that one finds."""
    if near_witnesses(release, rounding, known, seconds=seconds):
        return WITNESSED, []
    reader: OptimalReader | None = optimal_reader(release, rounding, known)
    if reader is None:
        return DRAWN, []
    found = [Finding(OPTIMAL, release.cells.key(cell), low, high) for cell, (low, high) in reader.narrow.items()]
    return ENUMERATED, found
