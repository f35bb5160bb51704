"""From linkage to capture histories: on which lists does each person stand, whose registrations were linked?

Nothing of a registration is looked at but its list and the strata that are asked for; names need not be in the table.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from schakel.estimation.histories import MOST, Histories, from_masks
from schakel.estimation.refusals import refusal
from schakel.vocabulary.passing import CLUSTERS, Column, Passing, check
from schakel.vocabulary.texts import Text

if TYPE_CHECKING:
    import pandas as pd

LISTED = Passing(
    "registrations",
    (Column("record", "whole", "which registration"), Column("list", "words", "which organisation's list")),
    ("record",),
    others=True,
)


def from_clusters(
    clusters: pd.DataFrame, registrations: pd.DataFrame, lists: Iterable[str] | None = None, *, draw: int = 0
) -> Histories:
    """The capture histories that a linkage found in one draw of its decisions.

    `clusters` is the table CLUSTERS (record, person, draw); of `registrations` the columns record and list are used.
    A person who stands on one list twice counts once. The lists come in alphabetical order unless they are given.
    People who are only on other lists are not counted, nor are registrations in no cluster: that is noted.
    """
    table, unlinked = _joined(clusters, registrations, draw)
    names = _names(registrations, lists)
    used = table[table["list"].isin(names)]
    place = {name: 1 << number for number, name in enumerate(names)}
    persons, number = np.unique(used["person"].to_numpy(), return_inverse=True)
    masks = np.zeros(len(persons), dtype=np.int64)
    np.bitwise_or.at(masks, number, np.array([place[name] for name in used["list"]], dtype=np.int64))
    return from_masks(names, masks, None, (_unlinked(unlinked),) if unlinked else ())


def every_draw(
    clusters: pd.DataFrame, registrations: pd.DataFrame, lists: Iterable[str] | None = None
) -> dict[int, Histories]:
    """The capture histories of each draw of the link decisions, 0 the best one; the lists are the same in all."""
    check(clusters, CLUSTERS)
    check(registrations, LISTED)
    names = _names(registrations, lists)
    return {int(draw): from_clusters(clusters, registrations, names, draw=int(draw))
            for draw in sorted(set(clusters["draw"].tolist()))}  # fmt: skip


def persons(
    clusters: pd.DataFrame, registrations: pd.DataFrame, strata: Iterable[str] = (), *, draw: int = 0
) -> pd.DataFrame:
    """One row a person: a column of 0 and 1 for each list, and a column for each stratum.

    Where registrations of one person differ in a stratum, the value most of them have counts; of two as frequent, the
    first in the alphabet. A person in whom it is nowhere filled in has an empty value. Hand it to `reading.by_strata`.
    """
    table, _ = _joined(clusters, registrations, draw)
    names = _names(registrations, None)
    on = table.assign(on=1).pivot_table(index="person", columns="list", values="on", aggfunc="max", fill_value=0)
    made = on.reindex(columns=list(names), fill_value=0).astype("int64")
    made.columns.name = None
    for name in strata:
        if name not in table.columns:
            raise refusal("no-column", name=name, columns=", ".join(map(str, table.columns)))
        known = table[["person", name]].dropna().astype({name: str}).groupby(["person", name], observed=True).size()
        order = (
            known.rename("often").reset_index().sort_values(["person", "often", name], ascending=[True, False, True])
        )
        made[name] = order.drop_duplicates("person").set_index("person")[name].reindex(made.index).fillna("")
    return made.reset_index(drop=True)


def _joined(clusters: pd.DataFrame, registrations: pd.DataFrame, draw: int) -> tuple[pd.DataFrame, int]:
    """The registrations with their person in one draw, and how many have none."""
    check(clusters, CLUSTERS)
    check(registrations, LISTED)
    of_draw = clusters[clusters["draw"] == draw]
    if not len(of_draw):
        known = ", ".join(map(str, sorted(set(clusters["draw"].tolist()))[:20]))
        raise refusal("no-draw", CLUSTERS.name, value=draw, columns=known)
    joined = registrations.merge(of_draw[["record", "person"]], on="record", how="left")
    linked = joined["person"].notna()
    return joined[linked], int((~linked).sum())


def _names(table: pd.DataFrame, lists: Iterable[str] | None) -> tuple[str, ...]:
    known = sorted(set(table["list"].tolist()))
    names = tuple(lists) if lists is not None else tuple(known)
    for name in names:
        if name not in known:
            raise refusal("no-column", name=name, columns=", ".join(known))
    if len(names) > MOST:
        raise refusal("too-many-lists", LISTED.name, count=len(names), limit=MOST)
    return names


def _unlinked(count: int) -> Text:
    return Text({
        "nl": f"{count} registraties konden met niemand worden gekoppeld en tellen niet mee.",
        "en": f"{count} registrations could be linked to nobody and do not count.",
    })  # fmt: skip
