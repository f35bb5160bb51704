"""One person assessed: which text counts, when it ends, who does it, and which facts settle it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from schakel.mechanism.assess import in_order
from schakel.rules.outcome import APPLIES, MAY_APPLY
from tests.tiny import Country, statuses, term, version


@pytest.fixture
def country(tmp_path: Path) -> Country:
    return Country(tmp_path)


def test_every_duty_has_one_outcome(country: Country) -> None:
    view = country.duty("a").duty("b", {"age": "minor"}).person()
    assert [outcome.duty.id for outcome in view.duties] == ["a", "b"]
    assert [outcome.duty.id for outcome in view.with_status(APPLIES)] == ["a"]
    assert [outcome.duty.id for outcome in view.with_status(MAY_APPLY)] == ["b"]
    assert view.by_id["a"] is view.duties[0]


def test_reasons_are_given_for_what_is_settled_only(country: Country) -> None:
    country.duty("a", {"all": [{"age": "minor"}, {"indication": "yes"}]})
    assert country.person().by_id["a"].reasons == ()
    assert country.person(age="minor", indication="yes").by_id["a"].reasons == ("age", "indication")
    ruled_out = country.person(age="adult", indication="yes").by_id["a"]
    assert (ruled_out.reasons, ruled_out.ruled_out_by) == (("age",), ("age",))
    assert country.person(age="minor", indication="yes").by_id["a"].ruled_out_by == ()


def test_of_a_fact_with_several_values_the_fact_is_named_once(country: Country) -> None:
    country.fact("form", "sexual", "labour", many=True).duty("a", {"form": ["sexual", "labour"]})
    outcome = country.person(form=[]).by_id["a"]
    assert outcome.reasons == ("form.sexual", "form.labour")
    assert outcome.ruled_out_by == ("form",)
    assert country.person().by_id["a"].hangs_on == ("form",)


def test_a_text_of_another_time_never_applies_and_needs_no_reason(country: Country) -> None:
    outcome = country.duty("a", versions=[version(valid_from="2030-01-01")]).person().by_id["a"]
    assert (outcome.status, outcome.reasons, outcome.versions, outcome.version) == ("does_not_apply", (), (), None)
    assert outcome.strength == "must", "that of its last text"


def test_of_two_texts_the_one_whose_condition_can_hold_counts(country: Country) -> None:
    texts = [version({"age": "minor"}, strength="must"), version({"age": "adult"}, strength="should")]
    outcome = country.duty("a", versions=texts).person(age="adult").by_id["a"]
    assert (outcome.status, outcome.strength) == ("applies", "should")
    undecided = country.person().by_id["a"]
    assert (undecided.status, undecided.version) == ("applies", None)


def test_the_term_starts_on_the_day_of_its_event(country: Country) -> None:
    country.fact("found_on").duty("a", versions=[version({"age": "minor"}, term=term(5, "days", "found_on"))])
    told = country.person(age="minor", found_on="2025-05-05").by_id["a"]
    assert told.starts_on == date(2025, 5, 5)
    assert told.due is not None
    assert told.due.unextended == date(2025, 5, 10)
    assert (country.person(age="minor").by_id["a"].starts_on, country.person(age="minor").by_id["a"].due) == (
        None,
        None,
    )


def test_a_recurring_term_that_starts_today_is_due_next_time(country: Country) -> None:
    monthly = version(norm="policy_rule", term=term(1, "months", "found_on", type="recurring"))
    country.fact("found_on").duty("a", versions=[monthly])
    outcome = country.person(found_on="2025-06-02").by_id["a"]
    assert outcome.due is not None
    assert outcome.due.unextended == date(2025, 7, 2)
    late = country.person(found_on="2013-01-31").by_id["a"]
    assert late.due is not None
    assert late.due.unextended == date(2025, 6, 30), "years later still counted from the event"


def test_only_rights_and_gaps_that_hold_or_may_hold_are_shown(country: Country) -> None:
    country.right("shelter", {"age": "adult"}).right("school", {"age": "minor"}).right("lawyer", {"always": True})
    country.gap("none-at-night", {"age": "adult"})
    adult, unknown = country.person(age="adult"), country.person()
    assert {right.id: outcome.status for right, outcome in adult.rights} == {"shelter": "applies", "lawyer": "applies"}
    assert {right.id: outcome.status for right, outcome in unknown.rights} == {
        "shelter": "may_apply", "school": "may_apply", "lawyer": "applies",
    }  # fmt: skip
    assert [gap.id for gap, _ in adult.gaps] == [gap.id for gap, _ in unknown.gaps] == ["none-at-night"]
    assert country.person(age="minor").gaps == ()


def test_a_lead_is_certain_only_when_its_duty_applies(country: Country) -> None:
    country.duty("a", {"age": "minor"}, task="shelter", holder="municipality").duty("b", task="care", part="support")
    assert country.person().leads == {}
    assert country.person(age="minor").leads == {"shelter": "municipality"}


def test_facts_stand_in_the_order_of_the_list(country: Country) -> None:
    content = country.fact("form", "x", "y", many=True).content()
    assert in_order(content, frozenset({"form.y", "age", "form.x", "finder"})) == ("finder", "age", "form")


def test_the_same_facts_give_the_same_answer_for_every_person(country: Country) -> None:
    country.duty("a", {"age": "minor"})
    found = country.encounter(shared={"age": "minor"}, persons=[{"id": str(number)} for number in range(10)])
    assert len({tuple(statuses(view).items()) for view in found.persons}) == 1


def test_an_assessment_shows_itself_in_a_notebook(country: Country) -> None:
    shown = country.duty("a").duty("b", {"age": "minor"}).encounter(persons=[{"id": "<b>"}])._repr_html_()
    assert "2025-06-02" in shown
    assert "<b>" not in shown.replace("<tbody>", ""), "what people typed is escaped"
