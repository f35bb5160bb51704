"""How common each value is in its group: a rare name says more, and what is rare hangs on who is asked.

(count in the group + SHRUNK * share in the whole) / (size of the group + SHRUNK): a group of five people cannot say
that a name is common.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from schakel.linkage.coded import coded, compact
from schakel.linkage.dialects import frequency_key
from schakel.linkage.refusals import refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from schakel.linkage.model import Model

SHRUNK: Final = 100


def with_frequencies(prepared: pd.DataFrame, model: Model) -> pd.DataFrame:
    """Prepared registrations with, for each value whose frequency counts, a key `key_<name>` and how common it is.

    Raises `BadInput` for a model that compares a column which these registrations do not have.
    """
    frequent = model.frequencies()
    asked = {column for one in model.comparisons for column in (*one.columns(), *one.within)} | frequent.keys()
    for name in sorted(asked - set(prepared.columns)):
        raise refusal("model-columns", name=name.removeprefix("x_").removeprefix("t_"))
    made: dict[str, pd.arrays.IntegerArray | NDArray[np.float64]] = {}
    for name, within in frequent.items():
        keys, common = frequency(prepared[name], [prepared[column] for column in within])
        made[frequency_key(name)] = pd.arrays.IntegerArray(keys.astype(np.int32), keys < 0)
        made[f"tf_{frequency_key(name)}"] = common
    return prepared.assign(**made)


def frequency(value: pd.Series, within: Sequence[pd.Series]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """For each row a key for its value in its group, and how common that is; -1 and NaN where the value is missing.

    Registrations of which what a group is made of is missing are a group of their own.
    """
    codes, values = coded(value)
    known = codes >= 0
    groups, group = _groups(within, len(codes))
    in_group = np.bincount(group[known], minlength=groups)
    cells, size = compact(np.where(known, codes * groups + group, -1), values * groups)
    many, everywhere = (np.bincount(place[known], minlength=least) for place, least in ((cells, size), (codes, values)))
    common = np.full(len(codes), np.nan)
    share = SHRUNK * everywhere / max(int(known.sum()), 1)
    common[known] = (many[cells[known]] + share[codes[known]]) / (in_group[group[known]] + SHRUNK)
    return cells, common


def _groups(within: Sequence[pd.Series], rows: int) -> tuple[int, NDArray[np.int64]]:
    """How many groups there are, and the one of each row."""
    groups, group = 1, np.zeros(rows, dtype=np.int64)
    for column in within:
        codes, many = coded(column)
        group, groups = compact(group * (many + 1) + codes + 1, groups * (many + 1))
    return groups, group
