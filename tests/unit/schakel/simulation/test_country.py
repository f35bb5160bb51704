"""Parameters that make no country are refused with the name of the one that is wrong, in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from schakel.mechanism.content import load
from schakel.simulation.checking import check_seed, numbers
from schakel.simulation.country import ORIGINS, SIZES, SMALL, Country
from schakel.simulation.reporters import DUTCH, REFERRAL, Dependence
from schakel.vocabulary.errors import BadInput


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"people": 0}, "between 1 and 20,000,000"),
        ({"people": 20_000_001}, "between 1 and 20,000,000"),
        ({"years": (2024, 2016)}, "must run forward"),
        ({"years": (1, 2024)}, "must run forward"),
        ({"stays_on": 1.2}, "'stays_on' is 1.2"),
        ({"stays_on": -0.1}, "'stays_on' is -0.1"),
        ({"heterogeneity": float("nan")}, "'heterogeneity' is nan"),
        ({"origins": ORIGINS[:2]}, "the shares of 'origins' do not add up"),
        ({"reporters": ()}, "one to sixty-two lists"),
        ({"reporters": (DUTCH[0], DUTCH[0])}, "one to sixty-two lists"),
        ({"reporters": (replace(DUTCH[0], by_age={"old": 2.0}),), "dependences": ()}, "'old' at 'reporters.police.by_"),
        ({"dependences": (Dependence("shelters", "police", REFERRAL, 0.1),)}, "dependence of 'shelters > police'"),
        ({"reporters": (replace(DUTCH[0], without_identity=((2018, 1.5),)),), "dependences": ()}, "0.1' is 1.5"),
        ({"dependences": (Dependence("police", "shelters", "both", 0.1),)}, "dependence of 'police > shelters'"),
        ({"dependences": (Dependence("police", "shelters", REFERRAL, 2),)}, "police>shelters.probability' is 2"),
    ],
)
def test_what_makes_no_country_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said) as told:
        Country(**changes)
    assert told.value.say("nl") != told.value.say("en")


@pytest.mark.parametrize("seed", [-1, 1.5, "7", None])
def test_a_seed_is_a_whole_number(seed: Any) -> None:
    with pytest.raises(BadInput, match="the seed is"):
        check_seed(seed)
    assert check_seed(np.int64(7)) == 7


def test_every_number_has_one_name() -> None:
    names = [name for name, _ in numbers(SMALL)]
    assert len(names) == len(set(names))
    assert {"stays_on", "reporters.police.chance", "dependences.police>shelters.probability"} <= set(names)


def test_the_sizes_differ_in_people_only() -> None:
    assert {replace(country, people=1).lists for country in SIZES.values()} == {SMALL.lists}
    assert SIZES["small"].people < SIZES["demo"].people < SIZES["large"].people


def test_organisations_finders_duties_and_forms_are_those_of_the_content() -> None:
    content = load()
    facts, duties = content.facts, set(content.duties)
    for reporter in DUTCH:
        assert reporter.organisation in set(content.organisations)
        assert reporter.finder in facts["finder"].value_ids
        assert reporter.duty in duties
    assert {bond.duty for bond in SMALL.dependences} - {""} <= duties
    assert {form for shares in SMALL.forms.values() for form in shares} <= set(facts["form"].value_ids)
    assert {sector for shares in SMALL.sectors.values() for sector in shares} <= set(facts["sector"].value_ids)


def test_the_share_without_identity_rises_by_step() -> None:
    shelters = DUTCH[SMALL.lists.index("shelters")]
    shares = [shelters.anonymous(year) for year in (2016, 2017, 2018, 2019, 2024)]
    assert shares[0] == shares[1] < shares[2] < shares[3] == shares[4]
