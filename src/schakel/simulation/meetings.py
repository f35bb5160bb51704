"""Meetings: the facts of each by vocabulary id, shared ones told once for all who were met together.

One list that comes to one place in one year meets everybody there whom it registers on one day. A fact that nobody
learned is missing; a fact that takes several values (`form`) stands as words with blanks between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from schakel.simulation.columns import Coded, days, take
from schakel.simulation.country import GROUPS, Country, Shares
from schakel.simulation.draws import Numbers, choose, choose_by, stream
from schakel.simulation.population import Sites, forms_of, sectors_of
from schakel.simulation.reporters import ENFORCEMENT
from schakel.simulation.seen import Seen

DAYS_A_YEAR: Final = 365
AGE_VALUES: Final = ("under_12", "12_15", "16_17", "adult")  # values of the fact `age`
TIMES: Final = ("office_hours", "evening_night", "weekend_holiday")


@dataclass(frozen=True)
class Meetings:
    """One row a meeting: the list, the place, the day; and for each capture the row of its meeting."""

    list: Numbers
    site: Numbers
    day: Numbers
    of_capture: Numbers


def arrange(country: Country, which: Numbers, year: Numbers, site: Numbers, seed: int) -> Meetings:
    """The meeting at which each capture came about: one list, one place, one year is one meeting."""
    lists, years = len(country.reporters), len(country.calendar)
    key = (site.astype(np.int64) * years + year) * lists + which
    keys, number = np.unique(key, return_inverse=True)
    start = (country.years[0] + (keys // lists) % years - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    day = start + stream(seed, "meetings").integers(0, DAYS_A_YEAR, len(keys))
    return Meetings(keys % lists, keys // lists // years, day, number)


def encounters(
    country: Country, sites: Sites, seen: Seen, row: Numbers, meetings: Meetings, municipalities: Sequence[str],
    seed: int,
) -> pd.DataFrame:  # fmt: skip
    """The table `encounters`: one row a person a meeting; `row` is the row in `Seen` of each capture."""
    order = np.lexsort((row, meetings.of_capture))
    of, who = meetings.of_capture[order], row[order]
    shared = _shared(country, sites, meetings, municipalities, seed)
    own = _own(country, seen.people.born[who], sites.group[meetings.site[of]], meetings.day[of], seed)
    return pd.DataFrame(
        {
            "encounter": of + 1,
            "person": who + 1,
            "at": days(meetings.day[of]),
            **{name: take(values, codes[of]) for name, (values, codes) in shared.items()},
            **{name: take(values, codes) for name, (values, codes) in own.items()},
        }
    )


def _shared(
    country: Country, sites: Sites, meetings: Meetings, municipalities: Sequence[str], seed: int
) -> dict[str, Coded]:
    """What holds for all who were met together: one code a meeting."""
    drawn, count, site = stream(seed, "shared facts"), len(meetings.list), meetings.site
    reporters, sector = country.reporters, sites.sector[site]
    enforce = np.array([one.side == ENFORCEMENT for one in reporters])[meetings.list]
    acted = drawn.random(count) < country.action
    places, kind = _place_kinds(country, sector, drawn)
    return {
        "finder": ([one.finder for one in reporters], meetings.list),
        "form": _forms(country, sites, site),
        "sector": (sectors_of(country), sector),
        "place_kind": (places, kind),
        "municipality": (municipalities, sites.municipality[site]),
        "time": (TIMES, _time(country, meetings.day, drawn)),
        "action": (("under_way", "none"), np.where(enforce & acted, 0, 1)),
        **{name: _fact(shares, count, country.unknown_fact, drawn) for name, shares in country.shared_facts.items()},
    }


def _own(country: Country, born: Numbers, group: Numbers, day: Numbers, seed: int) -> dict[str, Coded]:
    """What holds for one person at one meeting: one code a row."""
    drawn, count = stream(seed, "own facts"), len(group)
    age = ((day - born).astype(int) / 365.2425).astype(int)
    return {
        "indication": (("yes",), np.zeros(count, dtype=np.int8)),
        "age": (AGE_VALUES, np.searchsorted([12, 16, 18], age, side="right")),
        "nationality": (GROUPS, _unknown(group, country.unknown_fact / 3, drawn)),
        "language": _by_group(country.language, group, 0.0, drawn),
        "residence": _by_group(country.residence, group, country.unknown_fact, drawn),
        **{name: _fact(shares, count, country.unknown_fact, drawn) for name, shares in country.own_facts.items()},
    }


def _place_kinds(country: Country, sector: Numbers, drawn: np.random.Generator) -> Coded:
    kinds = tuple(dict.fromkeys(kind for shares in country.place_kinds.values() for kind in shares))
    default = country.place_kinds.get("", {kinds[0]: 1.0})
    chances = {
        place: [country.place_kinds.get(name, default).get(kind, 0.0) for kind in kinds]
        for place, name in enumerate(sectors_of(country))
    }
    return kinds, choose_by(sector, chances, drawn.random(len(sector)), np.int8)


def _forms(country: Country, sites: Sites, site: Numbers) -> Coded:
    """Both forms of each place as words, from a list of all pairs."""
    forms = forms_of(country)
    pairs = [f"{one} {other}".strip() for one in forms for other in ("", *forms)]
    return pairs, sites.form[site].astype(np.int16) * (len(forms) + 1) + sites.second[site] + 1


def _time(country: Country, day: Numbers, drawn: np.random.Generator) -> Numbers:
    """Weekends by the calendar; other days office hours or evening. (Holidays are not looked up.)"""
    weekend = (day.astype("datetime64[D]").astype(int) + 3) % 7 >= 5  # day 0 of the count was a Thursday
    return np.where(weekend, 2, drawn.random(len(day)) >= country.office_hours)


def _fact(shares: Shares, count: int, unknown: float, drawn: np.random.Generator) -> Coded:
    code = choose(list(shares.values()), drawn.random(count))
    return tuple(shares), _unknown(code.astype(np.int8), unknown, drawn)


def _by_group(shares: Mapping[str, Shares], group: Numbers, unknown: float, drawn: np.random.Generator) -> Coded:
    values = tuple(dict.fromkeys(value for one in shares.values() for value in one))
    weights = {
        place: [shares[name].get(value, 0.0) for value in values] for place, name in enumerate(GROUPS) if name in shares
    }
    code = choose_by(group, weights, drawn.random(len(group)), np.int8)
    return values, _unknown(code, unknown, drawn)


def _unknown(codes: Numbers, chance: float, drawn: np.random.Generator) -> Numbers:
    return np.where(drawn.random(len(codes)) < chance, -1, codes)
