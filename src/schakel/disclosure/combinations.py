"""How near synthetic records are to the real ones: combinations of one, two, three values counted in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from schakel.disclosure.coding import Coded
from schakel.disclosure.space import Ints


@dataclass(frozen=True)
class LengthError:
    """Over all combinations of one length that at least k real records hold (`reportable`).

    `error` is the mean absolute difference of the counts, `relative` the same over the mean real count. `suppressed`:
    the share that no synthetic record holds. `fabricated`: combinations that no real record holds; `leaked`: those
    that fewer than k hold; both among the synthetic ones.
    """

    length: int
    reportable: int
    error: float
    relative: float
    suppressed: float
    fabricated: int
    leaked: int
    synthetic: int


def combination_counts(coded: Coded, length: int) -> tuple[Ints, Ints]:
    """Every combination of so many values that a record holds, as one number each, with how many hold it."""
    ordered = np.sort(coded.records, axis=1)[:, ::-1]  # empty fields last
    widest = int((ordered >= 0).sum(axis=1).max(initial=0))
    base = len(coded.values)
    keys, weights = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for places in combinations(range(widest), length):
        held = np.flatnonzero(ordered[:, places[-1]] >= 0)
        key = np.zeros(len(held), dtype=np.int64)
        for column in places:
            key = key * base + ordered[held, column]
        keys.append(key)
        weights.append(coded.weights[held])
    found, place = np.unique(np.concatenate(keys), return_inverse=True)
    amounts = np.bincount(place, weights=np.concatenate(weights), minlength=len(found))
    return found, amounts.astype(np.int64)


def error_table(real: Coded, synthetic: Coded, k: int, lengths: Sequence[int] = (1, 2, 3)) -> tuple[LengthError, ...]:
    """The error table by length. Both must be coded over the same values."""
    wide = Coded(real.columns, synthetic.values, real.records, real.weights)
    return tuple(_length(wide, synthetic, k, length) for length in lengths)


def _length(real: Coded, synthetic: Coded, k: int, length: int) -> LengthError:
    keys, counts = combination_counts(real, length)
    made, amounts = combination_counts(synthetic, length)
    reportable = counts >= k
    there = np.isin(keys, made, assume_unique=True)
    drawn = np.zeros(len(keys), dtype=np.int64)
    drawn[there] = amounts[np.searchsorted(made, keys[there])]
    apart = np.abs(counts - drawn)[reportable]
    return LengthError(
        length=length, reportable=int(reportable.sum()), error=float(apart.mean()) if len(apart) else 0.0,
        relative=float(apart.sum() / counts[reportable].sum()) if len(apart) else 0.0,
        suppressed=float((drawn[reportable] == 0).mean()) if len(apart) else 0.0,
        fabricated=int((~np.isin(made, keys, assume_unique=True)).sum()),
        leaked=int(((drawn > 0) & ~reportable).sum()), synthetic=len(made),
    )  # fmt: skip
