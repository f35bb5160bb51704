"""What is estimated, in words, and of whom no estimate is made: one organisation, or one community."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from schakel.estimation.sentences import POPULATION
from schakel.estimation.strata_refusals import refusal
from schakel.estimation.stratified import Stratified
from schakel.vocabulary.texts import Text, text

# A stratum of these is one organisation or one community: a number about it points at people, and serves looking for
# them (REVIEW.md, hazards 2 and 3). Ethnicity and religion are no facts here at all.
ONE_WORLD: Final = (  # how such a word begins, in either language, in the singular or the plural
    "organisat", "organizat", "instelling", "reporter", "melder", "meldende", "shelter", "opvang", "list", "lijst",
    "registrar", "communit", "gemeenschap", "ethnic", "etnic", "etnisch", "religi", "geloof", "street", "straat",
    "address", "adres", "postcode", "postal", "zip",
)  # fmt: skip
ORIGIN: Final = frozenset({"nationality", "nationaliteit", "origin", "herkomst", "birthcountry", "geboorteland"})
PLACE: Final = frozenset({"municipality", "gemeente", "district", "wijk", "neighbourhood", "buurt", "town", "plaats"})


def about(table: Stratified, unidentified: Mapping[str, float] | None = None) -> Text:
    """Whom an estimate is about: the general sentence, where a list was not active, and what could not be linked.

    unidentified: for each list the share of its registrations without identity (see `schakel.estimation.identity`).
    """
    parts = [POPULATION]
    if not table.active.all():
        names = ", ".join(name for name, here in zip(table.lists, table.active.T, strict=True) if not here.all())
        parts.append(text({
            "nl": f"Deze lijsten waren niet overal of altijd actief: {names}.",
            "en": f"These lists were not active everywhere or always: {names}.",
        }))  # fmt: skip
    if unidentified and (some := {name: share for name, share in unidentified.items() if share > 0}):
        told = ", ".join(f"{name} {share:.0%}" for name, share in some.items())
        parts.append(text({
            "nl": f"Registraties zonder identiteit konden niet worden gekoppeld en doen niet mee ({told}).",
            "en": f"Registrations without identity could not be linked and take no part ({told}).",
        }))  # fmt: skip
    return Text({lang: " ".join(part(lang) for part in parts) for lang in ("nl", "en")})


def refuse_one_world(table: Stratified, by: Sequence[str]) -> None:
    """Raise `BadInput` where groups by these covariates would be one organisation or one community.

    That is so for a covariate that names one, for origin together with a small place, and for a group in which only
    one list ever registered anybody: what is estimated there is that organisation's own work.
    """
    words = {word for name in by for word in re.split(r"[^a-z]+", name.casefold()) if word}
    joined = {re.sub(r"[^a-z]", "", name.casefold()) for name in by}
    if told := sorted(word for word in words | joined if word.startswith(ONE_WORLD)):
        raise refusal("one-organisation", name=told[0])
    if (words | joined) & ORIGIN and words & PLACE:
        raise refusal("one-organisation", name=", ".join(by))
    if by and (alone := seen_by_one_list(table, by)):
        raise refusal("one-organisation", name=", ".join("/".join(key) for key in alone[:3]))


def seen_by_one_list(table: Stratified, by: Sequence[str]) -> list[tuple[str, ...]]:
    """The groups that have people, all of them on one and the same list."""
    grouped = table.collapsed(by)
    keys, _ = table.groups(by)
    bits = (np.arange(grouped.counts.shape[1])[:, None] >> np.arange(len(table.lists))) & 1
    lists_with_people = ((grouped.counts @ bits) > 0).sum(1)
    return [key for key, lists in zip(keys, lists_with_people.tolist(), strict=True) if lists == 1]
