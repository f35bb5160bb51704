"""Terms of a log-linear model with lists and covariates, and their columns over the cells of a stratified table.

A term is a set of factors. Written: `[LA*NG,GP*sex]`, where every part of a term comes along and every list and
covariate has its main effect; digits stand for lists (`[12,3*sex]`), list ten is 0. The column of a term is 1 in the
cells where all its factors have the level it names (the first level of a covariate, and not being on a list, are the
baseline): the intercept is somebody of the baseline stratum who stands on no list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from schakel.estimation.strata_refusals import refusal
from schakel.estimation.stratified import Stratified

Term = frozenset[str]
Real = NDArray[np.float64]


@dataclass(frozen=True)
class CovariateModel:
    """A hierarchical model: all its terms, closed downwards, main effects of all factors included."""

    terms: frozenset[Term]

    def bracket(self, names: tuple[str, ...]) -> str:
        """The model by its largest terms, in the order of the factors: `[LA*NG,GP*sex]`."""
        largest = [term for term in self.terms if not any(term < other for other in self.terms)]
        ordered = sorted(([names.index(factor) for factor in term] for term in largest), key=lambda at: (at[0], at))
        ordered = [sorted(places) for places in ordered]
        return "[" + ",".join("*".join(names[place] for place in places) for places in sorted(ordered)) + "]"

    def with_term(self, term: Term) -> CovariateModel:
        return CovariateModel(self.terms | closure([term]))

    def without(self, term: Term) -> CovariateModel:
        return CovariateModel(frozenset(other for other in self.terms if not term <= other))


def closure(terms: Iterable[Iterable[str]]) -> frozenset[Term]:
    """The terms with all their parts."""
    return frozenset(
        frozenset(part)
        for term in map(frozenset, terms)
        for size in range(1, len(term) + 1)
        for part in combinations(term, size)
    )


def main_effects(table: Stratified) -> CovariateModel:
    """The model in which lists and covariates have nothing to do with each other."""
    return CovariateModel(closure([name] for name in table.names))


def model_of(table: Stratified, terms: Iterable[Iterable[str]]) -> CovariateModel:
    """A model with these terms and every main effect. `BadInput` for unknown factors or a term of all lists."""
    given = [tuple(term) for term in terms]
    if unknown := [name for term in given for name in term if name not in table.names]:
        raise refusal("model", name=unknown[0], names=", ".join(table.names))
    if any(set(table.lists) <= set(term) for term in given):
        raise refusal("all-lists")
    return CovariateModel(main_effects(table).terms | closure(given))


def parse_model(table: Stratified, text: str) -> CovariateModel:
    """A model from its notation: `main`, `pairs` (all two-factor terms), or `[LA*NG,GP*sex]`."""
    if text == "main":
        return main_effects(table)
    if text == "pairs":
        return CovariateModel(main_effects(table).terms | frozenset(candidates(table, 2)))
    if not (text.startswith("[") and text.endswith("]")):
        raise refusal("model", name=text, names=", ".join(table.names))
    parts = [part.strip() for part in text[1:-1].split(",") if part.strip()]
    return model_of(table, ([name for piece in part.split("*") for name in _factors(table, piece.strip())]
                            for part in parts))  # fmt: skip


def _factors(table: Stratified, piece: str) -> list[str]:
    """A factor by its name, or lists by their numbers in column order."""
    places = [(int(sign) - 1) % 10 for sign in piece] if piece.isascii() and piece.isdigit() else []
    if piece in table.names or not places or max(places) >= len(table.lists):
        return [piece]
    return [table.lists[place] for place in places]


def candidates(table: Stratified, order: int) -> list[Term]:
    """All terms of two to `order` factors that a search may add; never one that holds all lists, or a single level."""
    names = [*table.lists, *(one.name for one in table.covariates if len(one.levels) > 1)]
    found = [frozenset(term) for size in range(2, order + 1) for term in combinations(names, size)]
    return [term for term in found if not frozenset(table.lists) <= term]


@dataclass(frozen=True, eq=False)
class Design:
    """The columns of terms over the cells of a table; made once, of which each model takes its own.

    Cells are numbered stratum by stratum: cell = stratum * 2**k + history. `seen` are the cells in which somebody could
    be counted, `unseen` those of nobody's list, one a stratum, in which people are to be estimated.
    """

    table: Stratified

    @cached_property
    def size(self) -> int:
        return int(self.table.counts.size)

    @cached_property
    def seen(self) -> NDArray[np.int64]:
        return np.flatnonzero(self.table.possible.ravel())

    @cached_property
    def unseen(self) -> NDArray[np.int64]:
        return np.arange(0, self.size, self.table.counts.shape[1])

    @cached_property
    def _columns(self) -> dict[Term, tuple[Real, list[str]]]:
        return {}

    def columns(self, term: Term) -> tuple[Real, list[str]]:
        """The columns of one term, (cells, n), and their names: `LA*sex=woman`."""
        if term not in self._columns:
            factors = [self._factor(name) for name in self.table.names if name in term]
            ways = list(product(*factors))
            made = [reduce(np.logical_and, [column for column, _ in way]) for way in ways]
            columns = np.array(made, dtype=float).reshape(len(made), self.size).T  # none for a covariate of one level
            self._columns[term] = columns, ["*".join(name for _, name in way) for way in ways]
        return self._columns[term]

    def matrix(self, model: CovariateModel) -> tuple[Real, list[str]]:
        """(cells, parameters) of a model, the intercept first, and the names of the parameters."""
        parts = [self.columns(term) for term in self.ordered(model)]
        matrix = np.hstack([np.ones((self.size, 1)), *(part for part, _ in parts)])
        return matrix, ["(intercept)", *(name for _, names in parts for name in names)]

    def owners(self, model: CovariateModel) -> list[Term]:
        """The term of each parameter of a model; the empty one for the intercept."""
        return [frozenset(), *(term for term in self.ordered(model) for _ in self.columns(term)[1])]

    def ordered(self, model: CovariateModel) -> list[Term]:
        """The terms of a model, small ones first, in the order of the factors."""
        places = {name: place for place, name in enumerate(self.table.names)}
        return sorted(model.terms, key=lambda term: (len(term), sorted(places[name] for name in term)))

    def _factor(self, name: str) -> list[tuple[NDArray[np.bool_], str]]:
        """The indicator of each level of a factor but the baseline, with its name."""
        strata, histories = self.table.counts.shape
        if name in self.table.lists:
            bit = self.table.lists.index(name)
            return [(np.tile((np.arange(histories) >> bit & 1).astype(bool), strata), name)]
        place = self.table.covariate(name)
        levels = np.repeat(self.table.levels[:, place], histories)
        named = self.table.covariates[place].levels
        return [(levels == level, f"{name}={named[level]}") for level in range(1, len(named))]
