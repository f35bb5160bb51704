"""Where each parameter comes from: a source that was read, with its certainty, or the word assumption.

Figures are those of the published series and pages named here; `near` says that a parameter was set so that the
country comes out near the figure, not that the source states the parameter itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final

from schakel.simulation.checking import numbers
from schakel.simulation.country import SMALL, Country
from schakel.vocabulary.tables import Table

ASSUMPTION: Final = "assumption"
CHANGED: Final = "set by the user"

# By the beginning of the parameter's name; the longest that fits counts. Certainty codes are those of the content:
# S read, SS a page that quotes it.
SOURCES: Final[Mapping[str, str]] = {
    "people": "near: about 5,000 estimated victims a year in 2018-2019 for the size `demo` (WODC, 29 Nov 2021; S)",
    "origins.NLD.share": "near: 36 % Dutch in 2017, among the registered (European Commission, country page; S)",
    **{
        f"origins.{one}.share": "assumption; among the larger nationalities of 2013-2020 (Rapporteur; TIP report 2021)"
        for one in ("POL", "ROU", "BGR", "HUN", "NGA", "UGA", "GMB")
    },
    "forms": "near: together sexual 2,000 and criminal 1,000 of 5,000 a year from 2016 on (WODC, NOS, Nov 2021; S)",
    "sectors.sexual": "escort or at home 81 % in 2016-2017 (Rapporteur, 18 Oct 2018; S)",
    "second_form": "35 of 952 both sexual and other in 2016 (TIP report 2018; SS)",
    "women.sexual": "1,177 of 1,223 in prostitution in 2012 were women and girls (CoMensha figures 2012; S)",
    "minors.nl.sexual": "1,300 of 3,000 estimated Dutch victims of sexual exploitation (Metro, Oct 2019; SS)",
    "minors.nl.criminal": "near: 'often minors' (NOS, Nov 2021; S)",
    "reporters.police.chance": "near: 462 and 432 reported by police in 2016 and 2017 of about 5,000 (TIP reports; SS)",
    "reporters.police.by_year": "near: 530, 952, 490, 310 in 2018-2021 (TIP reports, Volkskrant); later: assumption",
    "reporters.police.by_age.0-17": "near: Dutch minors 11 % in view (RD, Oct 2017; SS)",
    "reporters.kmar.chance": "near: 12 to 21 reported a year in 2016-2018 (TIP reports; SS)",
    "reporters.inspectorate.chance": "near: 38 reported in 2016 and in 2017 (TIP reports; SS)",
    "reporters.inspectorate.by_year": "near: 75 reported in 2018 and 46 in 2019 (TIP reports; SS)",
    **{
        f"reporters.{one}.by_year.2018": "near: non-investigative reporters 550 a year in 2014-2017, 150 in 2018 (SS)"
        for one in ("fairwork", "youth_care", "care_coordinators", "shelters", "others")
    },
    "reporters.*.errors.form_missing": "near: uncategorised 40 of 668, 61 of 1,334, 38 of 984, 2018-2020 (TIP; SS)",
    "reporters.care_coordinators.chance": "near: 240 and 320 by regional care in 2016 and 2017 (TIP reports; SS)",
}


def assumptions(country: Country) -> Table:
    """Every parameter of a country: its name, its value, and its source, or that it is an assumption.

    A value that differs from the house's own is `set by the user`: the source is not its source any more.
    """
    own = _own()
    rows = tuple((name, value, _source(name, value, own)) for name, value in numbers(country))
    return Table("Parameters of the synthetic country", ("parameter", "value", "source"), rows)


@lru_cache(maxsize=1)
def _own() -> dict[str, float]:
    return dict(numbers(SMALL))


def fits(name: str, start: str) -> bool:
    """Whether a source under `start` is that of the parameter `name`; a star stands for any one part of a name."""
    return fnmatchcase(name, start) or fnmatchcase(name, f"{start}.*")


def _source(name: str, value: float, own: Mapping[str, float]) -> str:
    if name not in own or (own[name] != value and name != "people"):
        return CHANGED
    fitting = [start for start in SOURCES if fits(name, start)]
    return SOURCES[max(fitting, key=len)] if fitting else ASSUMPTION
