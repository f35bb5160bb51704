"""Small releases over invented people for the tests of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from schakel.disclosure.release import Release, make_release
from schakel.disclosure.spec import Policy, Spec, TableSpec, VariableSpec
from schakel.vocabulary.texts import text

CATEGORIES = {
    "sex": ("woman", "man"),
    "age": ("0-17", "18-23", "24+"),
    "form": ("sexual", "labour", "other"),
    "year": ("2021", "2022", "2023"),
}
WORDS = text({"nl": "proef", "en": "trial"})


def people(count: int, seed: int = 7, skew: float = 0.6) -> pd.DataFrame:
    """Invented people: each field drawn by itself, the first categories oftenest."""
    rng = np.random.default_rng(seed)
    columns = {}
    for name, categories in CATEGORIES.items():
        share = skew ** np.arange(len(categories))
        columns[name] = rng.choice(categories, size=count, p=share / share.sum())
    return pd.DataFrame(columns)


def spec(
    *tables: Sequence[str],
    policy: Policy | None = None,
    groups: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
    **more: object,
) -> Spec:
    """A specification with declared categories over the variables above."""
    names = dict.fromkeys(name for table in tables for name in table)
    variables = {name: VariableSpec(name, CATEGORIES[name], (groups or {}).get(name, {})) for name in names}
    asked = tuple(TableSpec("-".join(table), tuple(table)) for table in tables)
    return Spec("trial", WORDS, WORDS, policy or Policy(), asked, variables=variables, **more)  # type: ignore[arg-type]


def counted(table: Mapping[tuple[str, ...], int], names: Sequence[str]) -> pd.DataFrame:
    """People from a table of counts."""
    rows = [dict(zip(names, key, strict=True)) for key, count in table.items() for _ in range(count)]
    return pd.DataFrame(rows, columns=list(names))


def release(count: int, *tables: Sequence[str], seed: int = 7, policy: Policy | None = None) -> Release:
    return make_release(spec(*tables, policy=policy), people(count, seed))
