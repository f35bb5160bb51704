"""People by history and covariates of whom some levels are unknown, or that a register does not keep."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.estimation.reading import by_strata
from schakel.estimation.strata import fingerprint
from schakel.estimation.strata_refusals import refusal
from schakel.estimation.stratified import Covariate, Stratified, refuse_many, with_active

UNKNOWN = ""


@dataclass(frozen=True, eq=False)
class Incomplete:
    """People by history and levels, where a level may be unknown (an empty word).

    complete: those of whom every level is known. partial: for each combination of levels with an unknown one, the
    counts by history, (2**k,).
    """

    complete: Stratified
    partial: Mapping[tuple[str, ...], NDArray[np.int64]]

    @property
    def observed(self) -> int:
        return self.complete.observed + int(sum(counts.sum() for counts in self.partial.values()))

    def strata_of(self, key: Sequence[str]) -> NDArray[np.int64]:
        """The strata in which a person with these levels may be."""
        fits = np.ones(len(self.complete.levels), dtype=bool)
        for place, level in enumerate(key):
            if level != UNKNOWN:
                known = self.complete.covariates[place].levels
                fits &= self.complete.levels[:, place] == known.index(level)
        return np.flatnonzero(fits)


def read_incomplete(
    table: Any,
    strata: Sequence[str],
    lists: Iterable[str] | None = None,
    *,
    active: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    add_up: bool = False,
    draw: int = 0,
) -> Incomplete:
    """As `read_stratified`, but a level may be empty: unknown."""
    found = by_strata(table, strata, lists, add_up=add_up, draw=draw)
    if not found:
        raise refusal("nobody")
    first = next(iter(found.values()))
    names = first.lists
    covariates = tuple(
        Covariate(name, tuple(sorted({key[place] for key in found} - {UNKNOWN}))) for place, name in enumerate(strata)
    )
    if empty := [one.name for one in covariates if not one.levels]:
        raise refusal("levels", name=empty[0])
    refuse_many(covariates, names)
    shape = [len(one.levels) for one in covariates]
    counts = np.zeros((prod(shape), 1 << len(names)), dtype=np.int64)
    for key, histories in found.items():
        if UNKNOWN not in key:
            places = [one.levels.index(level) for one, level in zip(covariates, key, strict=True)]
            counts[int(np.ravel_multi_index(places, shape)) if shape else 0] = histories.counts
    everywhere = Stratified(names, covariates, counts, np.ones((len(counts), len(names)), dtype=bool), first.notes)
    partial = {key: histories.counts for key, histories in found.items() if UNKNOWN in key}
    return Incomplete(with_active(everywhere, active or {}), partial)


def incomplete_fingerprint(people: Incomplete) -> str:
    told = sorted((key, counts.tolist()) for key, counts in people.partial.items())
    return hashlib.sha256((fingerprint(people.complete) + repr(told)).encode()).hexdigest()
