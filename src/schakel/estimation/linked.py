"""From linkage to capture histories: on which lists does each person stand, whose registrations were linked?

Nothing of a registration is looked at but its list and the strata that are asked for; names need not be in the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from schakel.estimation import reading
from schakel.estimation.histories import MOST, Histories, from_masks
from schakel.estimation.identity import SCENARIOS, Share, scenario, shares
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


@dataclass(frozen=True, eq=False)
class Counted:
    """The histories of each stratum, and what they leave out: registrations that linkage could give no person.

    `shares` holds a `Share` for each list and stratum of the registrations. Internal: small numbers.
    """

    histories: Mapping[tuple[str, ...], Histories]
    shares: tuple[Share, ...]


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


def counted(
    clusters: pd.DataFrame,
    registrations: pd.DataFrame,
    strata: Iterable[str] = (),
    lists: Iterable[str] | None = None,
    *,
    draw: int = 0,
    unidentified: str = "",
    name: str = "",
) -> Counted:
    """The histories that a linkage found within each stratum, with the share of registrations without identity.

    These count in no history, and that is noted; or they are counted as the people that the scenario `unidentified`
    of `identity.SCENARIOS` says they are, each in their own stratum: estimates on those bound the estimate.
    """
    by = tuple(strata)
    found = reading.by_strata(persons(clusters, registrations, by, draw=draw), by, lists, draw=draw, name=name)
    used = next(iter(found.values())).lists
    without = without_person(clusters, registrations, draw=draw)
    told = tuple(one for one in shares(registrations, by, without) if one.name in used)
    if not any(one.unidentified for one in told):
        return Counted(found, told)
    if not unidentified:
        note = _unlinked(sum(one.unidentified for one in told))
        return Counted({key: replace(one, notes=(*one.notes, note)) for key, one in found.items()}, told)
    return Counted(_as_if(found, told, unidentified), told)


def _as_if(
    found: Mapping[tuple[str, ...], Histories], told: Iterable[Share], name: str
) -> dict[tuple[str, ...], Histories]:
    """The histories with those without identity in them; a stratum without persons has none to put them beside."""
    number = {key: {one.name: one.unidentified for one in told if one.group == key} for key in found}
    notes = [_counted_as(sum(sum(one.values()) for one in number.values()), name)]
    if apart := sum(one.unidentified for one in told if one.group not in number):
        notes.append(_apart(apart))
    return {key: replace(made, notes=(*made.notes, *notes))
            for key, one in found.items() for made in [scenario(one, number[key], name)]}  # fmt: skip


def without_person(clusters: pd.DataFrame, registrations: pd.DataFrame, *, draw: int = 0) -> pd.Series:
    """Of each registration whether it is in no cluster: it has nothing to be linked by."""
    check(clusters, CLUSTERS)
    check(registrations, LISTED)
    return ~registrations["record"].isin(clusters.loc[clusters["draw"] == draw, "record"])


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
        "nl": f"{count} registraties zonder identiteit konden aan niemand worden gekoppeld en tellen niet mee.",
        "en": f"{count} registrations without identity could be linked to nobody and do not count.",
    })  # fmt: skip


def _counted_as(count: int, name: str) -> Text:
    said = SCENARIOS[name]
    return Text({
        "nl": f"{count} registraties zonder identiteit zijn meegeteld, in de veronderstelling: {said('nl')}.",
        "en": f"{count} registrations without identity are counted, on the supposition: {said('en')}.",
    })  # fmt: skip


def _apart(count: int) -> Text:
    return Text({
        "nl": f"{count} registraties zonder identiteit zijn van een stratum zonder personen en tellen niet mee.",
        "en": f"{count} registrations without identity are of a stratum without persons and do not count.",
    })  # fmt: skip
