"""Columns as codes: each distinct value once, and which of them every row has.

Names repeat: what is made of a value is made once for each distinct one, and rows that agree are found by whole numbers
instead of by text. A column of text is a pandas Categorical; a missing value has code -1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPARSE: Final = 4
"""Codes with more than this many possible values a row are numbered anew before they are counted."""


def distinct(values: pd.Series) -> tuple[NDArray[np.int64], list[str]]:
    """The code of each row and the distinct values as text; a missing value has code -1, which is the last."""
    codes, found = pd.factorize(values)
    return codes, [value if isinstance(value, str) else _written(value) for value in found.tolist()]


def _written(value: object) -> str:
    """A number without its '.0' (a spreadsheet's postcode), a day as 2023-05-19, anything else as it prints."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat()[:10] if isinstance(value, pd.Timestamp) else str(value)


def each(values: pd.Series, make: Callable[[str], str | None]) -> pd.Series:
    """`make` of every distinct value, laid over the rows; an empty result is missing."""
    codes, found = distinct(values)
    return laid(values.index, codes, [make(value) for value in found])


def each_pair(left: pd.Series, right: pd.Series, make: Callable[[str, str], str]) -> pd.Series:
    """`make` of every distinct pair of values of two coded columns ('' for a missing one), laid over the rows."""
    names, others = (["", *one.cat.categories.tolist()] for one in (left, right))
    places = [one.cat.codes.to_numpy().astype(np.int64) + 1 for one in (left, right)]
    codes, found = pd.factorize(places[0] * len(others) + places[1])
    firsts, seconds = np.divmod(found, len(others))
    pairs = zip(firsts.tolist(), seconds.tolist(), strict=True)
    return laid(left.index, codes, [make(names[one], others[other]) for one, other in pairs])


def laid(index: pd.Index, codes: NDArray[np.int64], made: Sequence[str | None]) -> pd.Series:
    """What was made of each distinct value, laid over the rows; an empty result is missing."""
    values = np.empty(len(made), dtype=object)
    values[:] = [value or None for value in made]
    places, categories = pd.factorize(values)
    among = np.append(places, -1)[codes]
    return pd.Series(pd.Categorical.from_codes(among, pd.Index(categories, dtype="str"), validate=False), index=index)


def coded(values: pd.Series) -> tuple[NDArray[np.int64], int]:
    """The code of each row (-1 where missing), and how many codes there are."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        return values.cat.codes.to_numpy().astype(np.int64), len(values.cat.categories)
    codes, found = pd.factorize(values)
    return codes.astype(np.int64), len(found)


def combined(columns: Sequence[pd.Series], most: int) -> tuple[NDArray[np.int64], int]:
    """One code for what some columns hold together, -1 where one of them is missing; fewer than `most` codes.

    Exact: rows have one code if and only if they agree on all columns. (`most` times the number of rows is less than
    2 ** 63, and `most` more than the number of rows.)
    """
    made, size = coded(columns[0])
    for column in columns[1:]:
        codes, many = coded(column)
        made, size = np.where((made < 0) | (codes < 0), -1, made * many + codes), size * many
        if size >= most:
            made, size = renumbered(made)
    return made, size


def renumbered(codes: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    """The same with the codes that occur numbered 0, 1, 2, ...; -1 stays."""
    places, found = pd.factorize(codes)
    gone = np.flatnonzero(found < 0)
    if not len(gone):
        return places, len(found)
    return np.where(places == gone[0], -1, places - (places > gone[0])), len(found) - 1


def compact(codes: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], int]:
    """The same, numbered anew where there are many more codes than rows: then they can be counted by place."""
    return renumbered(codes) if size > SPARSE * len(codes) else (codes, size)
