"""Capture histories by stratum: who stood on which lists, by sex, age group, form, nationality, year or what was asked.

A list that was not active in a stratum (a register that began in 2012; a shelter for women) is no list on which nobody
stood: its cells are structural zeros and no model may read anything in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.estimation.reading import by_strata, columns_of, is_missing, told_in
from schakel.estimation.strata_refusals import refusal
from schakel.vocabulary.texts import Text

Cells = NDArray[np.int64]
LISTS, CELLS = 10, 1 << 18  # cells of a table, strata by histories: a model holds a number a parameter for each


@dataclass(frozen=True)
class Covariate:
    """A characteristic by which people are divided: its name and its levels; the first level is the baseline."""

    name: str
    levels: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Stratified:
    """How many people have each history in each stratum.

    counts: (strata, 2**k) whole numbers; a column is a history (bit i is list i), column 0 (on no list) is empty.
    Strata run over all combinations of levels, the last covariate fastest. active: (strata, k), whether a list could
    register anybody there. notes: sentences about what was done to get here. Raises `BadInput` for what cannot be a
    table of people.
    """

    lists: tuple[str, ...]
    covariates: tuple[Covariate, ...]
    counts: Cells
    active: NDArray[np.bool_]
    notes: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        _check_names(self)
        strata = prod(len(covariate.levels) for covariate in self.covariates)
        if self.counts.shape != (strata, 1 << len(self.lists)) or self.active.shape != (strata, len(self.lists)):
            raise refusal("table-shape", strata=strata, cells=1 << len(self.lists))
        if (self.counts < 0).any():
            raise refusal("negative-count")
        if self.counts[:, 0].any():
            raise refusal("on-no-list")
        if not self.counts.any():
            raise refusal("nobody")
        if (stratum := np.flatnonzero((self.counts * ~self.possible).any(1))).size:
            raise refusal("not-active", stratum=self.label(int(stratum[0])))

    @cached_property
    def possible(self) -> NDArray[np.bool_]:
        """(strata, 2**k): cells in which somebody could be seen: at least one list, all of them active there."""
        histories = np.arange(1 << len(self.lists))
        reach = self.active @ (1 << np.arange(len(self.lists)))
        possible: NDArray[np.bool_] = ((histories[None, :] & ~reach[:, None]) == 0) & (histories > 0)[None, :]
        return possible

    @cached_property
    def levels(self) -> NDArray[np.int64]:
        """(strata, covariates): the level of each covariate in each stratum, as a number."""
        shape = [len(covariate.levels) for covariate in self.covariates]
        grid = np.indices(shape).reshape(len(shape), -1).T if shape else np.zeros((1, 0), dtype=np.int64)
        return np.ascontiguousarray(grid, dtype=np.int64)

    @property
    def observed(self) -> int:
        return int(self.counts.sum())

    @property
    def names(self) -> tuple[str, ...]:
        """Lists and covariates: the factors of a model, in this order."""
        return (*self.lists, *(covariate.name for covariate in self.covariates))

    def label(self, stratum: int) -> str:
        """A stratum in words: `sex=woman, year=2014`."""
        parts = zip(self.covariates, self.levels[stratum], strict=True)
        return ", ".join(f"{covariate.name}={covariate.levels[level]}" for covariate, level in parts) or "-"

    def covariate(self, name: str) -> int:
        """The place of a covariate; `BadInput` where there is none of that name."""
        names = [covariate.name for covariate in self.covariates]
        if name not in names:
            raise refusal("no-covariate", name=name, names=", ".join(names) or "-")
        return names.index(name)

    def groups(self, by: Sequence[str]) -> tuple[list[tuple[str, ...]], NDArray[np.int64]]:
        """The groups by some covariates, and for each stratum the number of its group. No covariates: one group."""
        places = [self.covariate(name) for name in by]
        shape = [len(self.covariates[place].levels) for place in places]
        keys = [
            tuple(self.covariates[place].levels[level] for place, level in zip(places, which, strict=True))
            for which in np.ndindex(*shape)
        ]
        number = np.zeros(len(self.levels), dtype=np.int64)
        for place in places:
            number = number * len(self.covariates[place].levels) + self.levels[:, place]
        return keys, number

    def collapsed(self, keep: Sequence[str] = ()) -> Stratified:
        """The same people by fewer covariates. A list is active in a group if it is so in any stratum of it."""
        keys, number = self.groups(keep)
        counts = np.zeros((len(keys), self.counts.shape[1]), dtype=np.int64)
        active = np.zeros((len(keys), len(self.lists)), dtype=bool)
        np.add.at(counts, number, self.counts)
        np.logical_or.at(active, number, self.active)
        kept = tuple(self.covariates[self.covariate(name)] for name in keep)
        return replace(self, covariates=kept, counts=counts, active=active)

    def only(self, wanted: Mapping[str, str]) -> Stratified:
        """The people of some levels only (`{"year": "2014"}`); those covariates are gone from the table."""
        chosen = np.ones(len(self.levels), dtype=bool)
        for name, level in wanted.items():
            place = self.covariate(name)
            if level not in self.covariates[place].levels:
                raise refusal("no-level", name=name, level=level, levels=", ".join(self.covariates[place].levels))
            chosen &= self.levels[:, place] == self.covariates[place].levels.index(level)
        rest = tuple(covariate for covariate in self.covariates if covariate.name not in wanted)
        return replace(self, covariates=rest, counts=self.counts[chosen], active=self.active[chosen])

    def with_counts(self, counts: Cells) -> Stratified:
        """The same lists and strata with other counts (a draw of a bootstrap, a released draw of links)."""
        return replace(self, counts=counts)


def _check_names(table: Stratified) -> None:
    if not 2 <= len(table.lists) <= LISTS:
        raise refusal("lists", count=len(table.lists), most=LISTS)
    names = table.names
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise refusal("name-twice", name=", ".join(twice))
    if wrong := [name for name in names if not name.strip() or set(name) & set("[],*")]:
        raise refusal("name-signs", name=wrong[0])
    for covariate in table.covariates:
        if len(set(covariate.levels)) != len(covariate.levels) or not covariate.levels:
            raise refusal("levels", name=covariate.name)
    refuse_many(table.covariates, table.lists)


def refuse_many(covariates: Sequence[Covariate], lists: Sequence[str]) -> None:
    """Raise `BadInput` for more cells than a model can be fitted on, before any of them is made."""
    cells = prod(len(covariate.levels) for covariate in covariates) << len(lists)
    if cells > CELLS:
        raise refusal("many-strata", strata=cells >> len(lists), most=CELLS >> len(lists), lists=len(lists))


def read_stratified(
    table: Any,
    strata: Sequence[str],
    lists: Iterable[str] | None = None,
    *,
    active: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    add_up: bool = False,
    draw: int = 0,
    name: str = "",
) -> Stratified:
    """A stratified table from rows with list columns (0/1), covariate columns and perhaps `count`.

    active: for a list that was not active everywhere, the levels in which it was: `{"R": {"year": ["2012", "2013"]}}`.
    A level is a word; levels stand in alphabetical order, and one in which nobody was seen is left out: of it the table
    says nothing. An empty level is refused: see `schakel.estimation.missing`. A history that stands twice with counts
    in one stratum is refused, or with `add_up` added up and noted. `name` is told where something is wrong.
    """
    with told_in(name):
        return _read(table, list(strata), lists, active or {}, add_up, draw)


def _read(table: Any, strata: list[str], lists: Iterable[str] | None,
          active: Mapping[str, Mapping[str, Sequence[str]]], add_up: bool, draw: int) -> Stratified:  # fmt: skip
    found = by_strata(table, strata, lists, add_up=add_up, draw=draw)
    for place, name in enumerate(strata):
        if any(key[place] == "" for key in found):
            raise refusal("missing-level", name=name, count=sum(map(is_missing, columns_of(table)[name])))
    if not found:
        raise refusal("nobody")
    covariates = tuple(
        Covariate(name, tuple(sorted({key[place] for key in found}))) for place, name in enumerate(strata)
    )
    first = next(iter(found.values()))
    names = first.lists
    refuse_many(covariates, names)
    shape = [len(covariate.levels) for covariate in covariates]
    counts = np.zeros((prod(shape), 1 << len(names)), dtype=np.int64)
    for key, histories in found.items():
        places = [covariate.levels.index(level) for covariate, level in zip(covariates, key, strict=True)]
        counts[int(np.ravel_multi_index(places, shape)) if shape else 0] = histories.counts
    everywhere = Stratified(names, covariates, counts, np.ones((len(counts), len(names)), dtype=bool), first.notes)
    return with_active(everywhere, active)


def with_active(table: Stratified, active: Mapping[str, Mapping[str, Sequence[str]]]) -> Stratified:
    """The same table with lists that are active in some levels only."""
    mask = table.active.copy()
    for name, where in active.items():
        if name not in table.lists:
            raise refusal("no-column", name=name, names=", ".join(table.lists))
        for covariate, levels in where.items():
            place = table.covariate(covariate)
            known = table.covariates[place].levels
            if strange := [level for level in levels if level not in known]:
                raise refusal("no-level", name=covariate, level=strange[0], levels=", ".join(known))
            mask[:, table.lists.index(name)] &= np.isin(table.levels[:, place], [known.index(one) for one in levels])
    return replace(table, active=mask)
