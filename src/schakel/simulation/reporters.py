"""Organisations that register as the Dutch reporters do: whom each is likely to register, and how it writes.

The chance that a list holds a person of cell c in a year is p = o / (1 + o), with
o = chance / (1 - chance) × factor(form) × factor(age group) × factor(sex) × factor(group) × factor(year);
a factor that is not named is 1 and a factor 0 means never. Then referral and substitution work from list to list
(`Dependence`). Where each figure comes from stands in `schakel.simulation.assumptions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

Factors = Mapping[str, float]
ENFORCEMENT, CARE = "enforcement", "care"
REFERRAL, SUBSTITUTION = "referral", "substitution"


@dataclass(frozen=True)
class Errors:
    """How a list errs: each number is the chance per registration (with identity), but for `age_spread`."""

    spelling: float = 0.10
    typing: float = 0.03
    alias: float = 0.3
    """Chance that who goes by another name is written under it."""
    first_only: float = 0.6
    """Chance that a second given name is left out."""
    initials: float = 0.01
    swapped: float = 0.01
    """Chance that given name and surname change places; times `Country.order_confusion` for names with the family
    name first."""
    no_given_names: float = 0.01
    no_surname: float = 0.005
    birth_missing: float = 0.04
    year_only: float = 0.02
    first_of_january: float = 0.03
    """Chance that 1 January is filled in because the day is not known to the list."""
    day_month: float = 0.01
    digit: float = 0.01
    year_off: float = 0.01
    number_missing: float = 0.3
    sex_missing: float = 0.005
    sex_wrong: float = 0.002
    nationality_missing: float = 0.03
    nationality_wrong: float = 0.01
    second_nationality: float = 0.3
    """Chance that who has two nationalities is written under the second."""
    domestic_unknown: float = 0.3
    form_missing: float = 0.05
    form_wrong: float = 0.03
    sector_missing: float = 0.1
    """Also missing wherever the form is missing or wrong."""
    municipality_other: float = 0.1
    """Chance of another municipality than that of the exploitation, such as where somebody was found or lives."""
    municipality_missing: float = 0.03
    age_spread: float = 2.5
    """Standard deviation, in years, of an estimated age."""
    age_missing: float = 0.1
    """Chance that no age is noted where the day of birth is not known."""


@dataclass(frozen=True)
class Reporter:
    """One list: the organisation behind it, whom it registers, how often again, how late, and how well."""

    name: str
    organisation: str
    """Id of the kind of organisation in the content."""
    finder: str
    """Value of the fact `finder`."""
    side: str
    duty: str
    """Id of the duty (or possibility) to register."""
    chance: float
    by_form: Factors = field(default_factory=dict)
    by_age: Factors = field(default_factory=dict)
    by_sex: Factors = field(default_factory=dict)
    by_group: Factors = field(default_factory=dict)
    by_year: Mapping[int, float] = field(default_factory=dict)
    active: tuple[int, int] = (1900, 2999)
    """First and last year in which this list exists."""
    again: float = 0.1
    """Mean number of further reports of the same person in the same year (Poisson)."""
    delay: float = 10.0
    """Mean days from meeting to registration (exponential; who would wait past the end of the year waits less)."""
    without_identity: tuple[tuple[int, float], ...] = ((1900, 0.0),)
    """Share of registrations without identity, from a year on."""
    errors: Errors = Errors()

    def anonymous(self, year: int) -> float:
        """Share of registrations without identity in a year."""
        return max((step for step in self.without_identity if step[0] <= year), default=(0, 0.0))[1]


@dataclass(frozen=True)
class Dependence:
    """What standing on one list does to standing on a later one.

    Referral: who is on `first` comes on `then` with this probability anyhow: P(then | first) = p + r (1 - p).
    Substitution: who is on `first` stays off `then` with this probability: P(then | first) = p (1 - s).
    """

    first: str
    then: str
    kind: str
    probability: float
    duty: str = ""
    """Id of the duty under which the referral is asked for; without it no event of casework is made."""


WITH_PAPERS: Final = Errors(birth_missing=0.04, year_only=0.01, typing=0.02, number_missing=0.15)
BY_EAR: Final = Errors(
    spelling=0.18, typing=0.04, alias=0.5, initials=0.04, swapped=0.02, no_given_names=0.04, no_surname=0.03,
    birth_missing=0.18, year_only=0.08, first_of_january=0.06, day_month=0.015, year_off=0.03, number_missing=0.85,
    nationality_missing=0.06, form_wrong=0.05, sector_missing=0.25, municipality_other=0.3, municipality_missing=0.08,
    age_missing=0.2,
)  # fmt: skip
ENFORCED: Final = ((1900, 0.005),)
CARING: Final = ((1900, 0.05), (2018, 0.35), (2019, 0.45))
AFTER_2018: Final = {2018: 0.27, 2019: 0.6, 2020: 0.5, 2021: 0.5, 2022: 0.5, 2023: 0.6, 2024: 0.6}

DUTCH: Final = (
    Reporter(
        "police", "police", "police", ENFORCEMENT, "police-register-comensha", 0.10,
        by_form={"labour": 0.5, "criminal": 0.6, "benefits": 0.3, "begging": 1.5},
        by_age={"0-17": 0.5, "18-22": 1.2},
        by_group={"third_country": 1.4},
        by_year={2018: 1.25, 2019: 2.4, 2020: 1.15, 2021: 0.7, 2022: 0.7, 2023: 0.8, 2024: 0.9},
        again=0.25, delay=6, without_identity=ENFORCED, errors=WITH_PAPERS,
    ),
    Reporter(
        "kmar", "kmar", "kmar", ENFORCEMENT, "kmar-register-comensha", 0.003,
        by_form={"recruitment_border": 30.0}, by_group={"nl": 0.1, "third_country": 2.0},
        again=0.02, delay=4, without_identity=ENFORCED, errors=WITH_PAPERS,
    ),
    Reporter(
        "inspectorate", "labour-inspectorate", "labour_inspector", ENFORCEMENT, "inspectorate-register-comensha", 0.03,
        by_form={"sexual": 0.0, "criminal": 0.05, "begging": 0.0, "benefits": 0.1, "organs": 0.0,
                 "forced_marriage": 0.0, "recruitment_border": 0.0},
        by_age={"0-17": 0.2}, by_year={2018: 1.8, 2019: 1.2},
        again=0.05, delay=20, without_identity=ENFORCED, errors=replace(WITH_PAPERS, number_missing=0.4),
    ),
    Reporter(
        "fairwork", "fairwork", "ngo_worker", CARE, "others-may-register", 0.05,
        by_form={"sexual": 0.0, "criminal": 0.1, "begging": 0.2, "benefits": 0.1, "organs": 0.0,
                 "forced_marriage": 0.0, "recruitment_border": 0.0},
        by_age={"0-17": 0.0}, by_year=AFTER_2018,
        again=0.15, delay=25, without_identity=CARING, errors=BY_EAR,
    ),
    Reporter(
        "youth_care", "youth-care-provider", "youth_worker", CARE, "others-may-register", 0.05,
        by_form={"labour": 0.3}, by_age={"18-22": 0.05, "23+": 0.0}, by_group={"third_country": 0.6},
        by_year=AFTER_2018, again=0.1, delay=20, without_identity=CARING, errors=replace(BY_EAR, birth_missing=0.06),
    ),
    Reporter(
        "care_coordinators", "care-coordinator", "care_coordinator", CARE, "others-may-register", 0.035,
        by_form={"labour": 0.7, "criminal": 0.5}, by_age={"0-17": 0.6}, by_sex={"man": 0.7},
        by_year=AFTER_2018, again=0.2, delay=14, without_identity=CARING, errors=replace(BY_EAR, birth_missing=0.10),
    ),
    Reporter(
        "shelters", "shelter", "shelter_worker", CARE, "others-may-register", 0.015,
        by_form={"criminal": 0.3}, by_age={"0-17": 0.2}, by_sex={"man": 0.5},
        by_group={"nl": 0.6, "third_country": 1.5},
        by_year=AFTER_2018, again=0.2, delay=10, without_identity=CARING, errors=BY_EAR,
    ),
    Reporter(
        "others", "anyone", "municipal_officer", CARE, "others-may-register", 0.04,
        by_year=AFTER_2018, again=0.05, delay=30, without_identity=CARING, errors=BY_EAR,
    ),
)  # fmt: skip

DEPENDENCES: Final = (
    Dependence("police", "care_coordinators", REFERRAL, 0.15, "contact-care-coordinator"),
    Dependence("police", "shelters", REFERRAL, 0.10, "ask-for-shelter"),
    Dependence("kmar", "shelters", REFERRAL, 0.25, "ask-for-shelter"),
    Dependence("inspectorate", "fairwork", REFERRAL, 0.10),
    Dependence("inspectorate", "shelters", REFERRAL, 0.10, "ask-for-shelter"),
    Dependence("police", "youth_care", SUBSTITUTION, 0.40),
    Dependence("youth_care", "care_coordinators", SUBSTITUTION, 0.30),
    Dependence("police", "others", SUBSTITUTION, 0.30),
)
