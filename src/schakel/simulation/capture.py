"""Who comes on which list in which year: chances by cell, and referral and substitution from list to list.

A *cell* is one combination of year, form, age group, sex and group of nationality. Within a cell, and apart from
visibility, all people have the same chances: with `heterogeneity` 0 and no dependences the share of a cell that a list
holds is `chances`, but for chance and for those out of reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from schakel.simulation.country import AGES, GROUPS, Country
from schakel.simulation.draws import Numbers, stream
from schakel.simulation.names.parts import SEXES
from schakel.simulation.population import Everybody, Presences, Sites, forms_of
from schakel.simulation.reporters import REFERRAL, Reporter

CERTAIN: Final = 1e-12  # a chance nearer to 1 than this is 1


@dataclass(frozen=True)
class Cells:
    """The cells of a country: the names along each axis, and their number."""

    years: tuple[int, ...]
    forms: tuple[str, ...]
    ages: tuple[str, ...] = AGES
    sexes: tuple[str, ...] = SEXES
    groups: tuple[str, ...] = GROUPS

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(axis) for axis in (self.years, self.forms, self.ages, self.sexes, self.groups))

    @property
    def count(self) -> int:
        return int(np.prod(self.shape))


def cells_of(country: Country) -> Cells:
    """The cells of a country."""
    return Cells(tuple(country.calendar), forms_of(country))


def cell_of(cells: Cells, sites: Sites, people: Everybody, present: Presences) -> Numbers:
    """The cell of each presence."""
    site = people.site[present.person]
    parts = (present.year, sites.form[site], present.age, people.sex[present.person], sites.group[site])
    code = np.zeros(len(present.person), dtype=np.int32)
    for size, part in zip(cells.shape, parts, strict=True):
        code = code * np.int32(size) + part
    return code


def chances(cells: Cells, reporter: Reporter) -> Numbers:
    """Chance of a person with mean visibility to come on a list in a year, before dependence: one number a cell."""
    odds = np.full(cells.shape, reporter.chance / max(1 - reporter.chance, CERTAIN))
    factors = (
        [reporter.by_year.get(year, 1.0) * _active(reporter, year) for year in cells.years],
        [reporter.by_form.get(form, 1.0) for form in cells.forms],
        [reporter.by_age.get(age, 1.0) for age in cells.ages],
        [reporter.by_sex.get(sex, 1.0) for sex in cells.sexes],
        [reporter.by_group.get(group, 1.0) for group in cells.groups],
    )
    for axis, factor in enumerate(factors):
        odds = odds * np.array(factor).reshape([-1 if place == axis else 1 for place in range(len(factors))])
    return np.asarray(odds / (1 + odds)).ravel()


def capture(country: Country, cells: Cells, cell: Numbers, people: Everybody, present: Presences, seed: int) -> Numbers:
    """Which list holds which presence: shape (lists, presences), yes or no. Lists are drawn in their order."""
    on = np.zeros((len(country.reporters), len(cell)), dtype=bool)
    reachable = people.reachable[present.person]
    boost = np.exp(country.heterogeneity * people.visibility)[present.person] if country.heterogeneity else None
    for place, reporter in enumerate(country.reporters):
        drawn = stream(seed, f"capture {reporter.name}")
        chance = chances(cells, reporter).astype(np.float32)[cell]
        if boost is not None:
            chance = chance * boost / (1 - chance + chance * boost)
        on[place] = (drawn.random(len(cell), dtype=np.float32) < chance) & reachable
        _depend(country, place, on, chance > 0, drawn)
    return on


def _depend(country: Country, place: int, on: Numbers, exists: Numbers, drawn: np.random.Generator) -> None:
    """Referral to this list, and substitution away from it, by the earlier lists that a person is on.

    A list that does not exist in a year or stratum (chance 0) takes no referrals there.
    """
    for bond in country.dependences:
        if bond.then != country.lists[place]:
            continue
        here = np.flatnonzero(on[country.lists.index(bond.first)])
        hit = here[drawn.random(len(here)) < bond.probability]
        on[place, hit] = exists[hit] if bond.kind == REFERRAL else False


def _active(reporter: Reporter, year: int) -> float:
    return float(reporter.active[0] <= year <= reporter.active[1])
