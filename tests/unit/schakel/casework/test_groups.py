"""To which target groups somebody may belong, and whether a consent has who must give it."""

from __future__ import annotations

import pytest

from schakel.casework.consent import lacking, who_consents
from schakel.casework.groups import GROUPS, groups_of
from schakel.casework.person import CasePerson, Identity
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim


def test_what_is_not_known_leaves_every_group_possible() -> None:
    assert groups_of(CasePerson("1")) == set(GROUPS)
    guessed = CasePerson("1", (Claim("age", ("adult",), certainty="guessed"),))
    assert "minors" in groups_of(guessed)


def test_what_is_known_narrows_the_groups() -> None:
    person = CasePerson("1", (Claim("age", ("16_17",)), Claim("children", ("no",))), identity=Identity(sex="Feminine"))
    assert groups_of(person, (Claim("complex_needs", ("no",)),)) == {"minors", "women"}
    other = CasePerson("1", (Claim("age", ("adult",)),), identity=Identity(sex="TransgenderFeminine"))
    assert {"women", "men", "adults"} <= groups_of(other)
    assert "minors" not in groups_of(other)


@pytest.mark.parametrize(
    ("age", "given_by", "reason", "lacks"),
    [
        ("adult", ("person",), "", False),
        ("adult", ("parents",), "", True),
        ("16_17", ("person",), "", False),
        ("12_15", ("person", "parents"), "", False),
        ("12_15", ("person", "guardian"), "", False),
        ("12_15", ("person",), "", True),
        ("12_15", ("person",), "the parents are the danger", False),
        ("12_15", ("parents",), "", True),
        ("under_12", ("parents",), "", False),
        ("under_12", ("person",), "the parents are the danger", True),
    ],
)
def test_a_consent_stands_with_who_must_give_it(age: str, given_by: tuple[str, ...], reason: str, lacks: bool) -> None:
    said = lacking(who_consents(load(), age, "arrange-care"), given_by, reason)
    assert (said is not None) == lacks
    if said:
        assert said("nl") != said("en")
