"""Children: precaution from the content, a guardian missing, and the hand-over before the eighteenth birthday."""

from __future__ import annotations

from datetime import date

import pytest

from schakel.casework.duty import tasks
from schakel.casework.encounter import Encounter, situation
from schakel.casework.minors import handover, treated_as_child, turning_18, turns_18, without_guardian
from schakel.casework.person import CasePerson, Identity
from schakel.mechanism.assess import PersonView, assess
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim

CONTENT = load()
DAY = date(2025, 6, 2)


def girl(birth_date: str, *claims: Claim) -> CasePerson:
    return CasePerson("girl", claims, identity=Identity("Girl", "One", birth_date))


def view(person: CasePerson) -> PersonView:
    encounter = Encounter("e", DAY, "police", shared=(Claim("indication", ("yes",)),), persons=(person,))
    return assess(CONTENT, situation(encounter, DAY)).persons[0]


@pytest.mark.parametrize(
    ("claims", "child"),
    [
        ((Claim("age", ("16_17",)),), True), ((Claim("age_doubt", ("may_be_child",)),), True),
        ((Claim("age", ("adult",)), Claim("age_doubt", ("none",))), False), ((), None),
    ],
)  # fmt: skip
def test_who_is_treated_as_a_child_is_what_the_content_says(claims: tuple[Claim, ...], child: bool | None) -> None:
    assert treated_as_child(view(CasePerson("1", claims))) is child


def test_a_child_alone_or_with_a_dangerous_adult_has_no_guardian() -> None:
    child = Claim("age", ("16_17",))
    for more in (Claim("guardian", ("no",)), Claim("accompanied", ("alone",)), Claim("companion_danger", ("yes",))):
        assert without_guardian(view(CasePerson("1", (child, more))))
    assert not without_guardian(view(CasePerson("1", (child,))))
    assert not without_guardian(view(CasePerson("1", (Claim("guardian", ("no",)),))))


@pytest.mark.parametrize(
    ("born", "day", "exact"),
    [
        ("2007-06-20", date(2025, 6, 20), True), ("20-06-2007", date(2025, 6, 20), True),
        ("2008-02-29", date(2026, 3, 1), True), ("2007", date(2025, 1, 1), False),
        ("2007-01-01", date(2025, 1, 1), False),
    ],
)  # fmt: skip
def test_the_day_of_turning_eighteen(born: str, day: date, exact: bool) -> None:
    birthday = turns_18(born)
    assert birthday is not None
    assert (birthday.on, birthday.exact) == (day, exact)


@pytest.mark.parametrize("born", ["", "unknown", "x"])
def test_no_birth_date_gives_no_day(born: str) -> None:
    assert turns_18(born) is None
    assert handover(girl(born), (), DAY, within=90) is None


def test_turning_eighteen_brings_the_hand_over_of_the_content() -> None:
    near = turning_18(girl("2007-06-20", Claim("age", ("16_17",))), DAY, within=90)
    encounter = Encounter("e", DAY, "shelter_worker", shared=(Claim("indication", ("yes",)),), persons=(near,))
    made = tasks(assess(CONTENT, situation(encounter, DAY)))
    over = handover(near, made, DAY, within=90)
    assert over is not None
    assert (over.on, over.days_left) == (date(2025, 6, 20), 18)
    assert "handover-youth-to-wmo" in {task.duty for task in over.tasks}
    assert "2025-06-20" in over.say("nl")


def test_there_is_time_still_or_it_was_told_already() -> None:
    early = girl("2009-06-20")
    assert turning_18(early, DAY, within=90) == early
    assert handover(early, (), DAY, within=90) is None
    told = girl("2007-06-20", Claim("changes", ("turns_18", "moves")))
    assert turning_18(told, DAY, within=90) == told
    other = turning_18(girl("2007-06-20", Claim("changes", ("moves",))), DAY, within=90)
    assert other.claims[-1].values == ("moves", "turns_18")
    assert turning_18(CasePerson("1"), DAY, within=90).claims == ()


def test_a_missed_hand_over_is_still_shown_while_it_waits() -> None:
    near = turning_18(girl("2007-06-20"), DAY, within=90)
    encounter = Encounter("e", DAY, "shelter_worker", shared=(Claim("indication", ("yes",)),), persons=(near,))
    made = tasks(assess(CONTENT, situation(encounter, DAY)))
    late = handover(near, made, date(2025, 7, 1), within=90)
    assert late is not None
    assert late.days_left < 0
    assert handover(near, (), date(2025, 7, 1), within=90) is None


def test_a_birthday_that_is_not_known_is_said_to_be_the_earliest() -> None:
    over = handover(girl("2007"), (), date(2024, 12, 1), within=90)
    assert over is not None
    assert "at the earliest" in over.say("en")
