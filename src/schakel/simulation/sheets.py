"""One list's sheet: all that it wrote down of the people it registered, with its errors."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from schakel.simulation.country import Country
from schakel.simulation.draws import Numbers
from schakel.simulation.names.parts import SEXES
from schakel.simulation.population import Sites, forms_of
from schakel.simulation.reporters import Errors
from schakel.simulation.seen import Seen, nationalities_of
from schakel.simulation.writing import write_births, write_names

DAYS_A_YEAR: Final = 365.2425
ROUNDED_FROM: Final = 25  # from this age on an estimate is rounded to five; assumption
DOMESTIC: Final = ("yes", "no", "unknown")
UNKNOWN: Final = DOMESTIC.index("unknown")


@dataclass(frozen=True)
class Sheet:
    """Columns as a list wrote them: words or None up to `number`, codes or -1 from `sex` on; an `age` of -1 is none."""

    given_names: Numbers
    surname: Numbers
    birth_date: Numbers
    number: Numbers
    age: Numbers
    age_estimated: Numbers
    sex: Numbers
    nationality: Numbers
    domestic: Numbers
    form: Numbers
    second_form: Numbers
    sector: Numbers
    municipality: Numbers

    def fill(self, rows: Numbers, part: Sheet) -> None:
        """Put a part in its rows."""
        for column in fields(self):
            getattr(self, column.name)[rows] = getattr(part, column.name)


def blank(count: int) -> Sheet:
    """A sheet of empty rows, to be filled list by list."""
    given, surname, birth, number = (np.full(count, None, dtype=object) for _ in range(4))
    codes = {column.name: np.full(count, -1, dtype=np.int16) for column in fields(Sheet)[6:]}
    return Sheet(given, surname, birth, number, np.zeros(count, np.int64), np.ones(count, bool), **codes)


def write_down(
    country: Country, errors: Errors, sites: Sites, seen: Seen, person: Numbers, day: Numbers, known: Numbers,
    drawn: np.random.Generator,
) -> Sheet:  # fmt: skip
    """The rows of one list: `person` rows of `seen`, the `day` of registration, `known` whether with identity."""
    people = seen.people.of(person)
    first, last = write_names(seen.names.of(person), errors, country.order_confusion, drawn)
    birth, exact = write_births(people.born, seen.stated[person], errors, drawn)
    number = seen.number[person]
    number[drawn.random(len(person)) < errors.number_missing] = None
    for words in (first, last, birth, number):
        words[~known] = None
    estimated = ~(exact & known)
    unknown = drawn.random(len(person)) < errors.domestic_unknown
    return Sheet(
        first, last, birth, number,
        _age(errors, day, people.born, estimated, drawn),
        estimated,
        _misread(people.sex, len(SEXES), errors.sex_wrong, errors.sex_missing, drawn),
        _nationality(country, errors, seen, person, drawn),
        np.where(unknown, UNKNOWN, ~people.domestic),
        *_exploitation(country, errors, sites, people.site, drawn),
    )  # fmt: skip


def _exploitation(
    country: Country, errors: Errors, sites: Sites, site: Numbers, drawn: np.random.Generator
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Form, second form, sector and municipality as the list noted them."""
    true = sites.form[site]
    form = _misread(true, len(forms_of(country)), errors.form_wrong, errors.form_missing, drawn)
    right = form == true
    told = right & (drawn.random(len(site)) >= errors.sector_missing)
    where = _misread(
        sites.municipality[site], sites.municipalities, errors.municipality_other, errors.municipality_missing, drawn
    )
    return form, np.where(right, sites.second[site], -1), np.where(told, sites.sector[site], -1), where


def _age(errors: Errors, day: Numbers, born: Numbers, estimated: Numbers, drawn: np.random.Generator) -> Numbers:
    """Age at registration; where the day of birth is not known an estimate (rounded for those not so young) or none."""
    true = (day - born).astype(int) / DAYS_A_YEAR
    guess = np.maximum(true + errors.age_spread * drawn.standard_normal(len(true)), 1)
    guess = np.where(guess >= ROUNDED_FROM, np.round(guess / 5) * 5, guess)
    guess = np.where(drawn.random(len(true)) < errors.age_missing, -1, guess)
    return np.where(estimated, guess, true).astype(np.int64)


def _nationality(country: Country, errors: Errors, seen: Seen, person: Numbers, drawn: np.random.Generator) -> Numbers:
    """The nationality that a list noted: of some who have two the second, of some a wrong one, of some none."""
    first, second = seen.nationality[person], seen.second_nationality[person]
    other = (second >= 0) & (drawn.random(len(person)) < errors.second_nationality)
    noted = np.where(other, second, first)
    return _misread(noted, len(nationalities_of(country)), errors.nationality_wrong, errors.nationality_missing, drawn)


def _misread(codes: Numbers, count: int, wrong: float, missing: float, drawn: np.random.Generator) -> Numbers:
    """Codes of which some are missing (-1) and some are another one."""
    draw = drawn.random(len(codes))
    other = (codes + drawn.integers(1, max(count, 2), len(codes))) % count
    return np.where(draw < missing, -1, np.where(draw < missing + wrong, other, codes))
