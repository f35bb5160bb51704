"""Taking data in: one row a person, or one row a combination with its count; checked against the specification."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from schakel.disclosure.refusals import refusal
from schakel.disclosure.space import Ints, Variable, nested
from schakel.disclosure.spec import JOINED, Spec

if TYPE_CHECKING:
    from pandas import DataFrame, Series

MOST_IN_ROW: Final = 10**9
"""People in one row; a number above it is a mistake, and would not be counted exactly."""


@dataclass(frozen=True)
class Records:
    """Distinct records as category numbers (n × variables) with how many people have each."""

    variables: Mapping[str, Variable]
    records: Ints = field(repr=False)
    weights: Ints = field(repr=False)
    undeclared: tuple[str, ...] = ()
    """Variables whose categories were read from the data: that a category is listed then says that somebody has it."""


def take_in(spec: Spec, data: DataFrame, further: Mapping[str, Collection[str]] = MappingProxyType({})) -> Records:
    """The records behind a release, by its variables and `further` ones; an empty value is category `spec.missing`.

    A category that was merged ("A + B") takes the records of its parts. `further` holds the variables that earlier
    releases name, with the categories that they told apart: those stay apart within a merged one.
    Raises `BadInput`: a variable that the data do not have, a category outside a declared list, a hierarchy that does
    not nest, a count that is negative or fractional, totals that are missing or do not add up, nobody in the data.
    """
    names = list(dict.fromkeys([*spec.names, *further]))
    for name in [*names, *([spec.count] if spec.count else [])]:
        if name not in data.columns:
            raise refusal("no-variable", spec.where, name=name, allowed=", ".join(map(str, data.columns)))
    weights = _counts(data[spec.count], spec.count) if spec.count else np.ones(len(data), dtype=np.int64)
    words = pd.DataFrame({name: words_of(data[name], spec.missing) for name in names})
    if spec.total:
        words, weights = _without_totals(spec, words, weights)
    variables = {name: _variable(spec, name, words[name], further.get(name, ())) for name in names}
    if not weights.sum():
        raise refusal("empty", spec.where)
    codes = np.column_stack([_codes(words[name], variables[name]) for name in names])
    records, place = np.unique(codes[weights > 0], axis=0, return_inverse=True)
    each = np.bincount(place.ravel(), weights=weights[weights > 0]).astype(np.int64)
    open_ = [n for n in spec.names if n not in spec.variables or spec.variables[n].categories is None]
    undeclared = tuple(n for n in open_ if set(variables[n].categories) <= set(words[n]))
    return Records(variables, records, each, undeclared)


def words_of(values: Series, missing: str) -> Series:
    """A column as words: whole numbers without a point, what is missing or empty under its own word."""
    if pd.api.types.is_float_dtype(values.dtype) and (values.dropna() % 1 == 0).all():
        values = values.astype("Int64")
    kinds = values.astype("category")
    named = {kind: str(kind).strip() or missing for kind in kinds.cat.categories}
    return kinds.map(named).astype(object).where(values.notna(), missing)


def _counts(values: Series, name: str) -> Ints:
    numbers = pd.to_numeric(values, errors="coerce")
    wrong = numbers.isna() | (numbers < 0) | (numbers > MOST_IN_ROW) | (numbers % 1 != 0)
    if wrong.any():
        raise refusal("not-a-count", "", value=values[wrong].iloc[0], name=name)
    return numbers.to_numpy(dtype=np.int64)


def _variable(spec: Spec, name: str, words: Series, apart: Collection[str]) -> Variable:
    declared = spec.variables.get(name)
    found = {str(word) for word in words.unique()}
    if declared is None or declared.categories is None:
        # What an earlier release lists may have nobody now: it is a category all the same.
        found |= {part for node in apart if node not in found for part in parts_of(node)}
        categories = tuple(sorted(found - {spec.missing})) + ((spec.missing,) if spec.missing in found else ())
        where = declared.where if declared else ""
        return Variable(name, categories, nested(name, declared.groups if declared else {}, categories, where))
    joined = {category: frozenset(parts_of(category)) for category in declared.categories if _cut(category, apart)}
    leaves = tuple(part for each in declared.categories for part in (parts_of(each) if each in joined else (each,)))
    for word in sorted(found - set(leaves) - set(_merged(declared.categories))):
        raise refusal("unknown-category", declared.where, value=word, name=name)
    groups = nested(name, declared.groups, declared.categories, declared.where)
    within = {group: frozenset().union(*(joined.get(each, {each}) for each in held)) for group, held in groups.items()}
    return Variable(name, leaves, within, joined=joined)


def parts_of(category: str) -> tuple[str, ...]:
    """The categories that were merged into one; of one that was not, itself."""
    return tuple(category.split(JOINED))


def _cut(category: str, apart: Collection[str]) -> bool:
    """Whether an earlier release told some of a merged category apart."""
    parts = parts_of(category)
    return len(parts) > 1 and any(one != category and not set(parts_of(one)).isdisjoint(parts) for one in apart)


def _merged(categories: Iterable[str]) -> dict[str, str]:
    """For each part of a merged category that one."""
    return {part: category for category in categories for part in parts_of(category) if part != category}


def _codes(words: Series, variable: Variable) -> Ints:
    merged = {part: whole for part, whole in _merged(variable.categories).items() if part not in variable.categories}
    taken = words.map(lambda word: merged.get(word, word)) if merged else words
    return np.asarray(pd.Categorical(taken, categories=list(variable.categories)).codes, dtype=np.int64)


def _without_totals(spec: Spec, words: DataFrame, weights: Ints) -> tuple[DataFrame, Ints]:
    """The rows without a total, once each total is there and is the sum of its parts."""
    is_total = (words == spec.total).to_numpy()
    detail = ~is_total.any(axis=1)
    rows: DataFrame = words.loc[np.flatnonzero(detail)].reset_index(drop=True)
    counts = weights[detail]
    for pattern in product((False, True), repeat=len(words.columns)):
        if any(pattern):
            kept = [name for name, total in zip(words.columns, pattern, strict=True) if not total]
            given = words[(is_total == pattern).all(axis=1)].assign(n=weights[(is_total == pattern).all(axis=1)])
            _compare(spec, rows.assign(n=counts), given, kept)
    return rows, counts


def _compare(spec: Spec, rows: DataFrame, given: DataFrame, kept: list[str]) -> None:
    sums = rows.groupby(kept)["n"].sum() if kept else pd.Series({0: rows["n"].sum()})
    told = given.groupby(kept)["n"].sum() if kept else pd.Series({0: given["n"].sum()} if len(given) else {})
    given_totals, wanted = dict(told.items()), dict(sums.items())
    absent = [key for key in wanted if key not in given_totals]

    def named(key: object) -> str:
        parts = key if isinstance(key, tuple) else (key,) if kept else ()
        return ", ".join(f"{name}={part}" for name, part in zip(kept, parts, strict=True)) or spec.total

    if absent:
        raise refusal("missing-totals", spec.where, count=len(absent), name=named(absent[0]))
    for key, total in wanted.items():
        if given_totals[key] != total:
            raise refusal("wrong-total", spec.where, name=named(key), value=given_totals[key], sum=total)
