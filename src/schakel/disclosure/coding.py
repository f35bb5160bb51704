"""Records as whole numbers: every value of every column has a number, and a record is the set of the values it has.

An empty field is no value: it says nothing, and an attacker may not read it as "none".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from schakel.disclosure.intake import words_of
from schakel.disclosure.space import Ints

if TYPE_CHECKING:
    from pandas import DataFrame

Words = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Coded:
    """Distinct records (n × columns, value numbers, -1 where empty) with how many people have each.

    `values[number]` is (column, word). The numbers of one column are consecutive.
    """

    columns: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    records: Ints = field(repr=False)
    weights: Ints = field(repr=False)

    @cached_property
    def column_of(self) -> Ints:
        place = {name: number for number, name in enumerate(self.columns)}
        return np.array([place[name] for name, _ in self.values], dtype=np.int64)

    @property
    def people(self) -> int:
        return int(self.weights.sum())

    def with_rows(self, records: Ints, weights: Ints) -> Coded:
        """Other records over the same values."""
        return distinct(self.columns, self.values, records, weights)


def encode(data: DataFrame, like: Coded | None = None) -> Coded:
    """The records of a table; with `like` by its numbers, a value that it does not have becoming a new number."""
    known: dict[tuple[str, str], int] = {} if like is None else {value: n for n, value in enumerate(like.values)}
    values = list(known)
    columns = []
    for name in map(str, data.columns):
        words = words_of(data[name], "")
        codes, found = pd.factorize(words, sort=True)
        numbers = np.full(len(found) + 1, -1, dtype=np.int64)
        for place, word in enumerate(map(str, found)):
            if word:
                numbers[place] = known.setdefault((name, word), len(values))
                values += [(name, word)] if known[name, word] == len(values) else []
        columns.append(numbers[codes])
    records = np.column_stack(columns) if columns else np.zeros((len(data), 0), dtype=np.int64)
    return distinct(tuple(map(str, data.columns)), tuple(values), records, np.ones(len(data), dtype=np.int64))


def distinct(columns: tuple[str, ...], values: tuple[tuple[str, str], ...], records: Ints, weights: Ints) -> Coded:
    """Equal records taken together, in the order of their values."""
    key = np.zeros(len(records), dtype=np.int64)
    for column in range(records.shape[1]):
        _, key = np.unique(key * (len(values) + 1) + records[:, column] + 1, return_inverse=True)
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    amount = np.bincount(place, weights=weights, minlength=len(first)).astype(np.int64)
    return Coded(columns, values, records[first], amount)


def decode(coded: Coded) -> DataFrame:
    """The table, one row a person, empty fields as ''."""
    words = np.array([word for _, word in coded.values] + [""], dtype=object)
    rows: Any = words[np.repeat(coded.records, coded.weights, axis=0)]
    return pd.DataFrame(rows, columns=list(coded.columns))


class Holders:
    """How many people have all of some values, as far as that matters: exact below `k`, at least `k` otherwise.

    One bit a person, of each distinct record no more than k people: the answer to "k or more?" stays the same.
    """

    def __init__(self, coded: Coded, k: int) -> None:
        kept = np.repeat(coded.records, np.minimum(coded.weights, k), axis=0)
        length = -(-max(len(kept), 1) // 64) * 64
        has = np.zeros((len(coded.values) + 1, length), dtype=bool)
        for column in range(kept.shape[1]):
            there = np.flatnonzero(kept[:, column] >= 0)
            has[kept[there, column], there] = True
        has[-1, : len(kept)] = True  # no value: everybody
        self.bits: Words = np.packbits(has, axis=1).view(np.uint64)

    def all_of(self, records: Ints) -> Ints:
        """For each record how many have all its values (capped as said above)."""
        together = self.bits[records[:, 0]].copy() if records.shape[1] else self.bits[[-1]]
        for column in range(1, records.shape[1]):
            together &= self.bits[records[:, column]]
        return counted(together)


def counted(bits: Words) -> Ints:
    """How many bits are set, along the last axis."""
    return np.asarray(np.bitwise_count(bits).sum(axis=-1, dtype=np.int64))
