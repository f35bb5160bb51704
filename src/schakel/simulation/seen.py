"""Those whom at least one list holds: they alone get a name, papers and a number; what they are stands in `people`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from schakel.simulation.columns import days, take
from schakel.simulation.country import GROUPS, Country
from schakel.simulation.draws import Numbers, choose_by, stream
from schakel.simulation.names.parts import PARTS, SEXES
from schakel.simulation.names.pools import ORIGINS as NAME_ORIGINS
from schakel.simulation.names.pools import Names, falling, given, surnames
from schakel.simulation.population import Everybody, Sites, forms_of, sectors_of
from schakel.simulation.writing import Named

SPREAD = 61_803_399  # odd and no multiple of 5: multiplying by it visits every number of eight digits once


@dataclass(frozen=True)
class Seen:
    """People on at least one list: what they are, and their names, papers and number."""

    people: Everybody
    names: Named
    stated: Numbers
    """Day of birth in the person's own papers."""
    number: Numbers
    """Synthetic national number, or None. Never a valid one: it fails the eleven test."""
    nationality: Numbers
    """Code into `nationalities_of`."""
    second_nationality: Numbers
    """Code into `nationalities_of`, or -1."""


def meet(country: Country, people: Everybody, seed: int) -> Seen:
    """Names and papers for these people."""
    drawn, count = stream(seed, "papers"), len(people.site)
    born, origin = people.born, people.origin
    january = _of_origin(country, "first_of_january")[origin]
    year = born.astype("datetime64[Y]")
    stated = np.where(drawn.random(count) < january, year.astype("datetime64[D]"), born)
    minor = people.first_year + country.years[0] - (year.astype(int) + 1970) < 18
    has = np.where(minor, _of_origin(country, "minor_number")[origin], _of_origin(country, "number")[origin])
    number = synthetic_numbers(count, int(drawn.integers(0, 10**8)))
    number[drawn.random(count) >= has] = None
    words = nationalities_of(country)
    nationality = np.array([words.index(one.nationality) for one in country.origins])[origin]
    second = _second(country, origin, drawn)
    return Seen(people, _names(country, people, drawn), stated, number, nationality, second)


def synthetic_numbers(count: int, start: int) -> Numbers:
    """Numbers of nine digits, each different, that fail the eleven test of the Dutch national number (BSN).

    The test: 9 a + 8 b + 7 c + 6 d + 5 e + 4 f + 3 g + 2 h - i is a multiple of 11. The first eight digits visit
    each number once; the ninth is raised by one where the test would hold.
    """
    head = (start + np.arange(count, dtype=np.int64) * SPREAD) % 10**8
    digits = (head[:, None] // 10 ** np.arange(7, -1, -1)) % 10
    weighed = digits @ np.arange(9, 1, -1)
    last = (head * 7 + 3) % 10
    last = np.where((weighed - last) % 11 == 0, (last + 1) % 10, last)
    return np.array([f"{number:09d}" for number in (head * 10 + last).tolist()], dtype=object)


def nationalities_of(country: Country) -> tuple[str, ...]:
    """All nationalities of a country, those that come second included."""
    own = [one.nationality for one in country.origins]
    return tuple(dict.fromkeys([*own, *(name for one in country.origins for name in one.second)]))


def people_table(country: Country, sites: Sites, seen: Seen, regions: pd.DataFrame) -> pd.DataFrame:
    """The table `people`: one row a person who is on at least one list."""
    people, names = seen.people, seen.names
    site, first = people.site, given().written[:, 0]
    last, nationality = surnames().written[:, 0], nationalities_of(country)
    second_name = np.where(names.second >= 0, " " + first[names.second], "")
    alias = np.where(names.alias_given >= 0, first[names.alias_given] + " " + last[names.alias_surname], None)
    further = np.array(["", *(f" {one}" for one in nationality)], dtype=object)[seen.second_nationality + 1]
    own = take(nationality, seen.nationality)
    start = people.first_year + country.years[0]
    return pd.DataFrame(
        {
            "person": np.arange(1, len(site) + 1),
            "given_names": pd.Series(first[names.given] + second_name, dtype="str"),
            "surname": take(surnames().names, names.surname),
            "alias": pd.Series(alias, dtype="str"),
            "birth_date": days(people.born),
            "stated_birth_date": days(seen.stated),
            "sex": take(SEXES, people.sex),
            "nationality": own,
            "nationalities": pd.Series(own.astype(object) + further, dtype="str"),
            "number": pd.Series(seen.number, dtype="str"),
            "form": take(forms_of(country), sites.form[site]),
            "second_form": take(forms_of(country), sites.second[site]),
            "sector": take(sectors_of(country), sites.sector[site]),
            "domestic": people.domestic,
            "municipality": take(list(regions["code"]), sites.municipality[site]),
            "safety_region": take(list(regions["safety_region"]), sites.municipality[site]),
            "police_unit": take(list(regions["police_unit"]), sites.municipality[site]),
            "nationality_group": take(GROUPS, sites.group[site]),
            "first_year": start.astype(np.int64),
            "last_year": (start + people.years - 1).astype(np.int64),
        }
    )


def _names(country: Country, people: Everybody, drawn: np.random.Generator) -> Named:
    origin, sex, count = people.names, people.sex, len(people.site)
    first, last, second = (_drawn_names(pool, origin, sex, drawn) for pool in (given(), surnames(), given()))
    other_first, other_last = (_drawn_names(pool, origin, sex, drawn) for pool in (given(), surnames()))
    alias = drawn.random(count) < country.aliases
    family_first = np.array([PARTS[name].family_first for name in NAME_ORIGINS])
    two = np.array([not PARTS[name].one_given for name in NAME_ORIGINS])[origin]
    two &= (drawn.random(count) < country.second_given_name) & (second != first)
    keeps = drawn.random(count) < 0.5  # half of the aliases keep the surname
    return Named(
        first,
        np.where(two, second, -1),
        last,
        np.where(alias, other_first, -1),
        np.where(alias, np.where(keeps, last, other_last), -1),
        family_first[origin],
    )


def _drawn_names(pool: Names, origin: Numbers, sex: Numbers, drawn: np.random.Generator) -> Numbers:
    places = pool.places.reshape(-1, 2)
    kind = origin.astype(np.int64) * len(SEXES) + sex
    weights = {one: falling(end - begin) for one, (begin, end) in enumerate(places.tolist())}
    return np.asarray(places[kind, 0] + choose_by(kind, weights, drawn.random(len(kind)), np.int32))


def _second(country: Country, origin: Numbers, drawn: np.random.Generator) -> Numbers:
    names = nationalities_of(country)
    weights = {
        place: [*(one.second.get(name, 0.0) for name in names), 1 - sum(one.second.values())]
        for place, one in enumerate(country.origins)
    }
    code = choose_by(origin, weights, drawn.random(len(origin)), np.int16)
    return np.where(code == len(names), -1, code)


def _of_origin(country: Country, name: str) -> Numbers:
    return np.array([getattr(one, name) for one in country.origins])
