"""Everybody who is exploited, seen or not, as columns of small numbers: places, people, and the years they are in.

A place (site) has one form, sector, municipality and mostly one origin; people are exploited together at a place. One
person in one year is a *presence*: what a list may or may not register.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from schakel.simulation.country import GROUPS, Country, Shares
from schakel.simulation.draws import Numbers, choose, choose_by, stream
from schakel.simulation.names.parts import SEXES
from schakel.simulation.names.pools import ORIGINS as NAME_ORIGINS

LARGE_CITIES: Final = ("GM0363", "GM0599", "GM0518", "GM0344")  # Amsterdam, Rotterdam, Den Haag, Utrecht
YOUNGEST: Final = 8
YOUNG_STEEP: Final = 0.35  # how fast the chance of an age falls below 17; assumption


@dataclass(frozen=True)
class Sites:
    """Places of exploitation: codes into the country's lists."""

    group: Numbers
    origin: Numbers
    form: Numbers
    second: Numbers
    """A second form, or -1."""
    sector: Numbers
    municipality: Numbers
    municipalities: int
    """How many municipalities there are."""


@dataclass(frozen=True)
class Everybody:
    """All people, seen or not: codes into the country's lists, one row a person."""

    site: Numbers
    origin: Numbers
    names: Numbers
    sex: Numbers
    born: Numbers
    first_year: Numbers
    years: Numbers
    """Number of years in the window, at least 1."""
    domestic: Numbers
    reachable: Numbers
    visibility: Numbers
    """How visible to all lists at once: standard normal, on the scale of the log odds times `heterogeneity`."""

    def of(self, rows: Numbers) -> Everybody:
        """The same for some of them."""
        return Everybody(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Presences:
    """One person in one year."""

    person: Numbers
    year: Numbers
    """Years since the first of the window."""
    age: Numbers
    """Code of the age group, by the age that the person reaches in that year."""


def forms_of(country: Country) -> tuple[str, ...]:
    """All forms of exploitation of a country, in the order of its tables."""
    return tuple(dict.fromkeys(form for shares in country.forms.values() for form in shares))


def sectors_of(country: Country) -> tuple[str, ...]:
    """All sectors of a country, in the order of its tables."""
    return tuple(dict.fromkeys(sector for shares in country.sectors.values() for sector in shares))


def settle(country: Country, municipalities: tuple[str, ...], seed: int) -> tuple[Sites, Everybody]:
    """Draw places until `country.people` people are exploited at them, and the people."""
    cell, size = _filled(country, stream(seed, "sites"))
    count = int(np.searchsorted(np.cumsum(size), country.people)) + 1
    site = np.repeat(np.arange(count, dtype=np.int32), size[:count])[: country.people]
    sites = _sites(country, cell[:count], municipalities, seed)
    return sites, _people(country, sites, site, seed)


def _filled(country: Country, drawn: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Group and form (as one code) and size of places that hold all people together.

    People come in the shares of the country, so that a form with large places has fewer of them.
    """
    forms = forms_of(country)
    means = np.array([country.site_size.get(form, 1.0) for form in forms])
    joint = _joint(country)
    chances = (joint / means).ravel()
    mean, held = joint.sum() / chances.sum(), 0
    cells: list[Numbers] = []
    sizes: list[Numbers] = []
    while held < country.people:
        wanted = int((country.people - held) / mean * 1.02) + 8
        cells.append(choose(chances, drawn.random(wanted)))
        sizes.append(drawn.geometric(1 / means[cells[-1] % len(forms)]))
        held += int(sizes[-1].sum())
    return np.concatenate(cells), np.concatenate(sizes)


def presences(country: Country, people: Everybody) -> Presences:
    """Every year of every person, in order of person and year."""
    person = np.repeat(np.arange(len(people.years), dtype=np.int32), people.years)
    start = np.repeat(np.cumsum(people.years) - people.years, people.years)
    year = (people.first_year[person] + np.arange(len(person)) - start).astype(np.int16)
    born = people.born.astype("datetime64[Y]").astype(int) + 1970
    age = country.years[0] + year - born[person]
    return Presences(person, year, np.searchsorted([18, 23], age, side="right").astype(np.int8))


def _joint(country: Country) -> Numbers:
    """Share of the people by group and form."""
    forms = forms_of(country)
    groups = [sum(one.share for one in country.origins if one.group == group) for group in GROUPS]
    shares = [[country.forms.get(group, {}).get(form, 0.0) for form in forms] for group in GROUPS]
    return np.asarray(np.array(groups)[:, None] * np.array(shares))


def _sites(country: Country, cell: Numbers, municipalities: tuple[str, ...], seed: int) -> Sites:
    drawn = stream(seed, "places")
    forms, sectors = forms_of(country), sectors_of(country)
    group, form = (cell // len(forms)).astype(np.int8), (cell % len(forms)).astype(np.int8)
    weights = {
        place: [country.sectors[name].get(sector, 0.0) for sector in sectors] for place, name in enumerate(forms)
    }
    sector = choose_by(form, weights, drawn.random(len(cell)), np.int8)
    large = np.isin(municipalities, LARGE_CITIES)
    chances = np.where(large, country.large_cities / max(large.sum(), 1), (1 - country.large_cities) / (~large).sum())
    where = choose(chances, drawn.random(len(cell))).astype(np.int16)
    origin = _origins(country, group, drawn.random(len(cell)))
    second = _second_forms(country, form, drawn)
    return Sites(group, origin, form, second, sector, where, len(municipalities))


def _second_forms(country: Country, form: Numbers, drawn: np.random.Generator) -> Numbers:
    """A further form, one of the first three of the country and never the same one, or -1."""
    most = min(3, len(forms_of(country)))
    other = drawn.integers(0, most, len(form))
    other = np.where(other == form, (other + 1) % most, other)
    has = (drawn.random(len(form)) < country.second_form) & (other != form)
    return np.where(has, other, -1).astype(np.int8)


def _origins(country: Country, group: Numbers, draw: Numbers) -> Numbers:
    weights = {
        place: [one.share if one.group == name else 0.0 for one in country.origins]
        for place, name in enumerate(GROUPS)
        if any(one.group == name and one.share for one in country.origins)
    }
    return choose_by(group, weights, draw, np.int8)


def _people(country: Country, sites: Sites, site: Numbers, seed: int) -> Everybody:
    drawn = stream(seed, "people")
    count, form, group = len(site), sites.form[site], sites.group[site]
    mixed = drawn.random(count) < country.mixed
    origin = np.where(mixed, _origins(country, group, drawn.random(count)), sites.origin[site]).astype(np.int8)
    names = choose_by(
        origin,
        {place: [one.names.get(name, 0.0) for name in NAME_ORIGINS] for place, one in enumerate(country.origins)},
        drawn.random(count),
        np.int8,
    )
    women = _by_form(country, country.women)[form]
    sex = np.where(drawn.random(count) < women, SEXES.index("woman"), SEXES.index("man")).astype(np.int8)
    first = drawn.integers(0, len(country.calendar), count).astype(np.int16)
    stay = drawn.geometric(1 - country.stays_on, count) if country.stays_on < 1 else np.full(count, 99)
    years = np.minimum(stay, len(country.calendar) - first).astype(np.int16)
    domestic = np.array([country.domestic.get(name, 0.0) for name in GROUPS])[group]
    return Everybody(
        site, origin, names, sex, _born(country, form, group, first, drawn), first, years,
        drawn.random(count) < domestic, drawn.random(count) >= country.out_of_reach,
        drawn.standard_normal(count, dtype=np.float32),
    )  # fmt: skip


def _by_form(country: Country, shares: Shares) -> Numbers:
    """One number a form, the one under the empty name where a form is not named."""
    return np.array([shares.get(form, shares.get("", 0.0)) for form in forms_of(country)])


def _born(country: Country, form: Numbers, group: Numbers, first: Numbers, drawn: np.random.Generator) -> Numbers:
    """Day of birth, from the age that a person reaches in the first year: minors mostly near 17, adults from 18 on."""
    count = len(form)
    minors = np.array([_by_form(country, country.minors.get(name, {})) for name in GROUPS])[group, form]
    young = np.minimum(drawn.geometric(1 - np.exp(-YOUNG_STEEP), count) - 1, 17 - YOUNGEST)
    beyond = np.minimum(drawn.exponential(1.0, count) * _by_form(country, country.adult_years)[form], 52)
    age = np.where(drawn.random(count) < minors, 17 - young, 18 + beyond.astype(np.int64))
    year = (country.years[0] + first - age - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    return year + drawn.integers(0, 365, count)
