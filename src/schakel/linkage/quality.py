"""How good a linkage is where it is known who is who: over all pairs, and for each group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from schakel.linkage.prepare import Given, prepared
from schakel.linkage.refusals import refusal
from schakel.vocabulary.passing import Column, Passing, check

if TYPE_CHECKING:
    from numpy.typing import NDArray


TRUTH: Final = Passing(
    "truth",
    (Column("record", "whole", "which registration"), Column("person", "whole", "who it is about")),
    ("record",),
    others=True,
)
AGES: Final = (0, 12, 18, 25, 40, 150)
AGE_NAMES: Final = ("0-11", "12-17", "18-24", "25-39", "40+")


@dataclass(frozen=True)
class Quality:
    """Pairs of registrations: how many there truly are, were found, and were found rightly."""

    true: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """The share of found pairs that are one person; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of true pairs that were found; 1 when there are none."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / (self.true + self.found) if self.true + self.found else 1.0


def pairs_within(*keys: NDArray[np.int64] | pd.Series) -> int:
    """How many pairs of rows agree on all keys."""
    sizes = pd.DataFrame(dict(enumerate(keys))).groupby(list(range(len(keys)))).size().to_numpy(dtype=np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def cluster_quality(person: pd.Series, truth: pd.Series) -> Quality:
    """Quality of clusters: every two registrations of one found person are a found pair."""
    return Quality(pairs_within(truth), pairs_within(person), pairs_within(person, truth))


def pair_quality(pairs: pd.DataFrame, truth: pd.Series, threshold: float) -> Quality:
    """Quality of the pairs themselves at a threshold, before anything is clustered; `truth` by record."""
    kept = pairs[pairs["probability"] >= threshold]
    right = int((truth.loc[kept["record"]].to_numpy() == truth.loc[kept["other"]].to_numpy()).sum())
    return Quality(pairs_within(truth), len(kept), right)


def best_pairs(pairs: pd.DataFrame, truth: pd.Series) -> tuple[float, Quality]:
    """The threshold with the best F1 *chosen with the labels in hand*, and the quality there: for comparison only."""
    ordered = pairs.sort_values("probability", ascending=False)
    same = truth.loc[ordered["record"]].to_numpy() == truth.loc[ordered["other"]].to_numpy()
    right, found, true = np.cumsum(same), np.arange(1, len(same) + 1), pairs_within(truth)
    best = int(np.argmax(2 * right / (true + found)))
    return float(ordered["probability"].iloc[best]), Quality(true, int(found[best]), int(right[best]))


def by_group(person: pd.Series, truth: pd.Series, groups: dict[str, pd.Series]) -> pd.DataFrame:
    """Missed links by group: for each value of each group the true pairs of its registrations, and how many were found.

    A registration of a group counts with each true pair it takes part in, so that a pair across two groups counts in
    both. Columns: `group`, `value`, `registrations`, `true`, `found`, `missed` (share). Internal: counts are small.
    """
    size = truth.groupby(truth).transform("size").to_numpy() - 1
    both = pd.DataFrame({"truth": truth.to_numpy(), "person": person.to_numpy()})
    found = both.groupby(["truth", "person"])["truth"].transform("size").to_numpy() - 1
    tables = []
    for name, values in groups.items():
        rows = pd.DataFrame({"value": values.to_numpy(), "true": size, "found": found})
        rows["value"] = rows["value"].fillna("")
        table = rows.groupby("value").agg(registrations=("true", "size"), true=("true", "sum"), found=("found", "sum"))
        tables.append(table.reset_index().assign(group=name))
    made = pd.concat(tables, ignore_index=True)
    made["missed"] = np.where(made["true"] > 0, 1 - made["found"] / made["true"].clip(lower=1), np.nan)
    return made[["group", "value", "registrations", "true", "found", "missed"]]


def usual_groups(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """The groups by which missed links are told: list, sex, age, nationality, and what is known of the birth."""
    births = prepared(rows.reset_index(drop=True), Given())
    registered = pd.to_datetime(rows["registered_on"]).dt.year.to_numpy(dtype=float)
    age = pd.Series(registered) - births["birth_about"].astype("float64")
    known = np.select([births["birth_day"].notna(), births["birth_year"].notna()], ["day", "year"], "not known")
    return {
        "list": rows["list"],
        "sex": births["sex"],
        "age": pd.cut(age, AGES, right=False, labels=AGE_NAMES).astype("object"),
        "nationality": births["nationality"],
        "birth_date": pd.Series(known),
    }


def truth_of(records: pd.DataFrame, truth: pd.DataFrame) -> pd.Series:
    """The true person of each registration, by record; every registration must have one."""
    known = check(truth, TRUTH).set_index("record")["person"].reindex(records["record"])
    if missing := int(known.isna().sum()):
        raise refusal("truth-missing", count=missing)
    return known.astype("int64")
