"""The parameters of one synthetic country: who is exploited where and how; sizes to choose from.

Every number here and in `reporters` is a named parameter. `schakel.simulation.assumptions` says of each where it comes
from, or that it is an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from schakel.simulation.checking import check_lists, check_names, check_numbers, check_shares, check_size
from schakel.simulation.names.parts import PARTS, SEXES
from schakel.simulation.reporters import DEPENDENCES, DUTCH, Dependence, Reporter

GROUPS: Final = ("nl", "eu", "third_country")  # values of the fact `nationality`
AGES: Final = ("0-17", "18-22", "23+")
Shares = Mapping[str, float]


@dataclass(frozen=True)
class Origin:
    """People of one nationality: their share, the origins of their names, and what their papers say."""

    nationality: str
    group: str
    share: float
    names: Shares
    first_of_january: float = 0.0
    """Share whose own papers give 1 January, because the day of birth was never written down."""
    number: float = 0.0
    """Share of the adults with a national number."""
    minor_number: float = 0.0
    second: Shares = field(default_factory=dict)
    """Further nationality and the share that has it too."""


DUTCH_NAMES: Final = {
    "dutch": 0.75,
    "arabic": 0.12,
    "turkish": 0.05,
    "west_african": 0.03,
    "latin": 0.03,
    "polish": 0.02,
}
ORIGINS: Final = (
    Origin("NLD", "nl", 0.36, DUTCH_NAMES, 0.01, 0.98, 0.95, {"MAR": 0.10, "TUR": 0.05}),
    Origin("POL", "eu", 0.12, {"polish": 1.0}, number=0.45, minor_number=0.1),
    Origin("ROU", "eu", 0.09, {"romanian": 0.9, "hungarian": 0.1}, number=0.3, minor_number=0.1, second={"MDA": 0.03}),
    Origin("BGR", "eu", 0.08, {"bulgarian": 0.8, "turkish": 0.2}, number=0.3, minor_number=0.1, second={"TUR": 0.05}),
    Origin("HUN", "eu", 0.05, {"hungarian": 1.0}, number=0.3, minor_number=0.1),
    Origin("NGA", "third_country", 0.09, {"west_african": 1.0}, 0.15, 0.05),
    Origin("UGA", "third_country", 0.03, {"east_african": 1.0}, 0.10, 0.05),
    Origin("GHA", "third_country", 0.02, {"west_african": 1.0}, 0.12, 0.05, second={"NGA": 0.05}),
    Origin("GMB", "third_country", 0.02, {"west_african": 1.0}, 0.20, 0.03),
    Origin("ERI", "third_country", 0.01, {"east_african": 1.0}, 0.25, 0.3),
    Origin("VNM", "third_country", 0.03, {"vietnamese": 1.0}, 0.05, 0.02),
    Origin("CHN", "third_country", 0.02, {"chinese": 1.0}, 0.03, 0.15),
    Origin("MAR", "third_country", 0.02, {"arabic": 1.0}, 0.08, 0.2),
    Origin("SYR", "third_country", 0.02, {"arabic": 1.0}, 0.20, 0.4),
    Origin("BRA", "third_country", 0.02, {"latin": 1.0}, number=0.1),
    Origin("UKR", "third_country", 0.02, {"ukrainian": 1.0}, number=0.3, minor_number=0.2),
)

FORMS: Final[Mapping[str, Shares]] = {
    "nl": {"sexual": 0.48, "labour": 0.03, "criminal": 0.42, "benefits": 0.05, "forced_marriage": 0.015,
           "begging": 0.005},
    "eu": {"sexual": 0.26, "labour": 0.63, "criminal": 0.05, "benefits": 0.01, "begging": 0.04,
           "recruitment_border": 0.01},
    "third_country": {"sexual": 0.47, "labour": 0.37, "criminal": 0.10, "forced_marriage": 0.02, "begging": 0.009,
                      "organs": 0.001, "recruitment_border": 0.03},
}  # fmt: skip

SECTORS: Final[Mapping[str, Shares]] = {
    "sexual": {"prostitution_unlicensed": 0.81, "prostitution_licensed": 0.19},
    "labour": {"farming": 0.3, "catering_cleaning_construction_meat": 0.4, "temporary_agency": 0.12,
               "transport_shipping": 0.08, "domestic_work": 0.09, "diplomat_household": 0.01},
    "criminal": {"theft_drugs_explosives": 0.6, "cannabis": 0.25, "money_mule": 0.15},
    "begging": {"begging_street_paper": 1.0},
    "benefits": {"benefits_loans_contracts": 1.0},
    "organs": {"organs": 1.0},
    "forced_marriage": {"marriage_surrogacy_adoption": 1.0},
    "recruitment_border": {"other": 1.0},
}  # fmt: skip


# Facts of a meeting by vocabulary id: how often each value, where the fact is known at all.
SHARED_FACTS: Final[Mapping[str, Shares]] = {
    "danger": {"acute": 0.08, "threat": 0.32, "none": 0.6},
    "held": {"yes": 0.06, "suspected": 0.14, "no": 0.8},
}
OWN_FACTS: Final[Mapping[str, Shares]] = {
    "papers": {"own_hands": 0.6, "held_by_other": 0.2, "none_or_false": 0.2},
    "injuries": {"acute": 0.03, "visible": 0.12, "none": 0.85},
    "safe_place": {"yes": 0.6, "no": 0.4},
    "wish_shelter": {"yes": 0.45, "no": 0.55},
    "exploited_where": {"netherlands": 0.9, "abroad": 0.1},
}
LANGUAGE: Final[Mapping[str, Shares]] = {
    "nl": {"shared": 0.97, "interpreter_needed": 0.03},
    "eu": {"shared": 0.3, "interpreter_needed": 0.7},
    "third_country": {"shared": 0.4, "interpreter_needed": 0.6},
}
RESIDENCE: Final[Mapping[str, Shares]] = {
    "nl": {"national": 1.0},
    "eu": {"eu_first_3_months": 0.35, "eu_longer": 0.65},
    "third_country": {"none": 0.45, "asylum": 0.4, "other_permit": 0.15},
}
PLACE_KINDS: Final[Mapping[str, Shares]] = {
    "prostitution_licensed": {"public_premises": 1.0},
    "prostitution_unlicensed": {"dwelling": 0.5, "public_premises": 0.3, "online": 0.2},
    "domestic_work": {"dwelling": 1.0},
    "diplomat_household": {"dwelling": 1.0},
    "theft_drugs_explosives": {"street": 0.7, "dwelling": 0.3},
    "cannabis": {"dwelling": 0.7, "workplace": 0.3},
    "begging_street_paper": {"street": 1.0},
    "": {"workplace": 0.7, "dwelling": 0.3},
}


@dataclass(frozen=True)
class Country:
    """One synthetic country. `people` is how many are exploited in it at some time within `years` (both included)."""

    people: int = 4_000
    years: tuple[int, int] = (2016, 2024)
    stays_on: float = 0.15
    """Chance that who is exploited in one year still is in the next."""
    out_of_reach: float = 0.05
    """Share whom no list can reach: on no list whatever happens, and in no estimate."""
    heterogeneity: float = 0.3
    """Standard deviation, on the scale of the log odds, of how visible a person is to all lists at once."""
    origins: tuple[Origin, ...] = ORIGINS
    mixed: float = 0.2
    """Share of the people at a place whose origin was drawn apart from the others'."""
    forms: Mapping[str, Shares] = field(default_factory=lambda: dict(FORMS))
    sectors: Mapping[str, Shares] = field(default_factory=lambda: dict(SECTORS))
    second_form: float = 0.037
    """Share of the places that have a further form of exploitation."""
    site_size: Mapping[str, float] = field(
        default_factory=lambda: {"sexual": 1.3, "labour": 4.0, "criminal": 1.4, "begging": 2.5}
    )
    """Mean number of people exploited together at one place (geometric); 1 where a form is not named."""
    # Shares by form; the one under the empty name holds for all forms that are not named.
    women: Shares = field(default_factory=lambda: {"sexual": 0.96, "labour": 0.35, "criminal": 0.25, "": 0.6})
    minors: Mapping[str, Shares] = field(
        default_factory=lambda: {
            "nl": {"sexual": 0.43, "criminal": 0.5, "": 0.2},
            "eu": {"sexual": 0.06, "criminal": 0.15, "begging": 0.4, "": 0.02},
            "third_country": {"sexual": 0.1, "criminal": 0.25, "": 0.05},
        }
    )
    adult_years: Shares = field(default_factory=lambda: {"sexual": 7.0, "criminal": 8.0, "": 15.0})
    """Mean years beyond 18 of the adults (exponential)."""
    domestic: Shares = field(default_factory=lambda: {"nl": 0.85, "eu": 0.05, "third_country": 0.05})
    """Share whose victims and offenders are both from the Netherlands: drawn a person, never taken from nationality."""
    large_cities: float = 0.25
    """Share of the places in the four largest cities together; all other municipalities are equally likely."""
    aliases: float = 0.06
    """Share of the people who also go by another name."""
    second_given_name: float = 0.3
    order_confusion: float = 8.0
    """How many times more often given name and surname change places where the family name comes first."""
    # What is known at a meeting: shares of the values, by fact; for `language` and `residence` by group.
    shared_facts: Mapping[str, Shares] = field(default_factory=lambda: dict(SHARED_FACTS))
    own_facts: Mapping[str, Shares] = field(default_factory=lambda: dict(OWN_FACTS))
    language: Mapping[str, Shares] = field(default_factory=lambda: dict(LANGUAGE))
    residence: Mapping[str, Shares] = field(default_factory=lambda: dict(RESIDENCE))
    place_kinds: Mapping[str, Shares] = field(default_factory=lambda: dict(PLACE_KINDS))
    office_hours: float = 0.7
    """Share of the meetings on weekdays that are within office hours."""
    action: float = 0.5
    """Share of the meetings by enforcement that are part of an action or inspection."""
    unknown_fact: float = 0.3
    """Chance that a fact of a meeting that need not be known is not."""
    late_duty: float = 0.12
    """Chance that a duty to register that took two days or more was late."""
    refused_referral: float = 0.15
    """Share of the referrals that the receiver refused."""
    unanswered_referral: float = 0.1
    """Share of the referrals that nobody answered."""
    reporters: tuple[Reporter, ...] = DUTCH
    dependences: tuple[Dependence, ...] = DEPENDENCES
    content_hash: str = "synthetic"
    """Fingerprint of the content that the events are said to be made under."""

    def __post_init__(self) -> None:
        check_size(self.people, self.years)
        check_numbers(self)
        check_shares({"origins": [origin.share for origin in self.origins]})
        check_shares({f"origins.{one.nationality}.names": list(one.names.values()) for one in self.origins})
        check_shares({f"forms.{group}": list(shares.values()) for group, shares in self.forms.items()})
        check_shares({f"sectors.{form}": list(shares.values()) for form, shares in self.sectors.items()})
        check_lists(self.lists, self.dependences)
        self._check_names()

    def _check_names(self) -> None:
        """What is named in one table must stand in the other."""
        forms = {form for shares in self.forms.values() for form in shares}
        known = forms.union(*FORMS.values())
        check_names("forms", self.forms, GROUPS)
        check_names("sectors", forms, self.sectors)
        for one in self.origins:
            check_names(f"origins.{one.nationality}.group", [one.group], self.forms)
            check_names(f"origins.{one.nationality}.names", one.names, PARTS)
        for reporter in self.reporters:
            where = f"reporters.{reporter.name}"
            check_names(f"{where}.by_form", reporter.by_form, known)
            check_names(f"{where}.by_age", reporter.by_age, AGES)
            check_names(f"{where}.by_sex", reporter.by_sex, SEXES)
            check_names(f"{where}.by_group", reporter.by_group, GROUPS)

    @property
    def lists(self) -> tuple[str, ...]:
        """Names of the lists, in the order in which they come to know people."""
        return tuple(reporter.name for reporter in self.reporters)

    @property
    def calendar(self) -> range:
        return range(self.years[0], self.years[1] + 1)


SMALL: Final = Country()
SIZES: Final[Mapping[str, Country]] = {
    "small": SMALL,
    "demo": replace(SMALL, people=40_000),
    "large": replace(SMALL, people=4_000_000),
}
