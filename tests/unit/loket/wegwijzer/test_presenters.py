"""What the pages say of a plan: days, contacts, rights, gaps; and what is never said."""

from __future__ import annotations

import json

import pytest
from django.utils.translation import override

from loket.wegwijzer.encounter import Encounter, meet
from loket.wegwijzer.presenters import lines, plan, rights, signals, steps
from loket.wegwijzer.presenters.contacts import reach
from loket.wegwijzer.state import State, read
from schakel.mechanism.content import load
from tests.walking import Walk, plan_of


def encounter(told: dict, lang: str = "nl", **state: str) -> Encounter:
    moment: State = read({"facts": json.dumps(told), "at": "plan", **state}, "2025-06-01")
    return meet(load(), moment, lang)


def step_of(told: dict, duty: str) -> steps.Step:
    one = encounter(told)
    with override("nl"):
        return steps.step(one, one.view.by_id[duty])


def test_a_day_to_keep_to_stands_beside_the_later_day_and_its_ground():
    told = plan_of("youth_worker")
    told["persons"][0]["facts"] = {"age": "12_15", "domestic_violence": "yes", "vt_report_on": "2025-05-26"}
    due = step_of(told, "veilig-thuis-start-investigation").due
    assert due[0] == "Uiterlijk 31 mei 2025. Houd deze dag aan."
    assert due[1].startswith("Volgens de Algemene termijnenwet loopt de termijn door tot en met 2 juni 2025")


def test_a_policy_rule_is_not_extended():
    told = plan_of("police")
    told["persons"][0]["facts"] = {
        "nationality": "third_country", "residence": "reflection_period", "reflection_granted_on": "2025-04-30"
    }  # fmt: skip
    one = step_of(told, "suspend-departure-three-months")
    assert one.due == ("Uiterlijk 30 juli 2025. Houd deze dag aan.",)
    assert one.soon == "Uiterlijk 30 juli 2025"


def test_without_a_term_in_law_that_is_said():
    assert step_of(plan_of("labour_inspector"), "inspectorate-register-comensha").when == (
        "Zo snel mogelijk; geen termijn in de wet"
    )


def test_a_number_that_no_source_names_is_said_to_be_not_known():
    found = reach(load(), "care-coordinator", "nl", None, shut=False)
    assert found.ways == ()
    assert found.notes == ("Zorgcoördinator mensenhandel: het telefoonnummer is niet bekend.",)


def test_a_municipality_names_the_unit_that_serves_it():
    where = load().places.index["utrecht"]
    assert any("eenheid Midden-Nederland" in note for note in reach(load(), "police", "nl", where, shut=False).notes)
    assert any("gemeente Utrecht" in note for note in reach(load(), "municipality", "nl", where, shut=False).notes)


def test_out_of_hours_the_page_says_who_takes_over():
    notes = reach(load(), "comensha", "nl", None, shut=True).notes
    assert "Nu waarschijnlijk dicht. Dan neemt Politie het over." in notes
    told = plan_of("labour_inspector", time="evening_night")
    assert "Nu waarschijnlijk dicht" in step_of(told, "inspectorate-register-comensha").body


def test_what_is_kept_between_visitors_holds_nothing_of_a_situation():
    one = step_of(plan_of("police"), "act-on-slightest-indication")
    other = step_of({**plan_of("police", papers="held_by_other"), "persons": [{"id": "Known"}]}, one.id)
    assert one.body is other.body


def test_the_rights_can_be_read_in_another_language_marked_as_unchecked():
    walk = Walk().meet(plan_of("police"), "rights:pl")
    assert 'lang="pl" dir="ltr"' in walk.page.html
    assert "Haal eerst een tolk." in walk.page.text
    assert "vertaling niet gecontroleerd" in walk.page.text
    assert 'dir="rtl"' in walk.press("rights:ar").page.html
    assert "Haal eerst een tolk. Deze" not in walk.press("rights:nl").page.text


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_each_profession_has_its_card_of_first_words(lang):
    content = load()
    for who in content.facts["finder"].value_ids:
        found = rights.card(encounter(plan_of(who), lang))
        assert found is not None
        assert content.professions[who].title(lang) in found


def test_known_gaps_are_shown_those_that_are_certain_first():
    found = plan.plan(encounter({**plan_of("labour_inspector"), "on": "2026-07-01"})).gaps
    certain = [gap["certain"] for gap in found]
    assert certain == sorted(certain, reverse=True)
    assert any(certain)


def test_what_may_apply_names_the_facts_it_hangs_on_and_offers_only_those_that_may_be_asked():
    groups = plan.plan(encounter(plan_of("citizen"))).open
    facts = {fact["fact"]: fact["yours"] for group in groups for fact in group.facts}
    assert facts["dublin"] is False
    assert facts["danger"] is True
    undecided = encounter(plan_of("citizen")).view.with_status("may_apply")
    assert sum(group.lines.count("<li>") for group in groups) == len(undecided)


def test_others_come_after_yours_in_order_of_time():
    told = plan_of("labour_inspector", sector="farming", held="suspected")
    found = plan.plan(encounter(told))
    assert all(step.yours for step in found.first)
    assert not any(step.yours for stage in found.others for step in stage.steps)
    order = load().order
    shown = [step.id for step in found.first] + [step.id for stage in found.later for step in stage.steps]
    assert shown == sorted(shown, key=order.index)


def test_the_duty_that_hangs_on_a_date_says_so():
    told = plan_of("police")
    told["persons"][0]["facts"] = {"nationality": "third_country", "residence": "reflection_period"}
    one = step_of(told, "suspend-departure-three-months")
    assert one.due == ()
    assert one.when


def test_ten_people_of_whom_the_same_is_known_are_told_once_on_paper():
    told = plan_of("labour_inspector", sector="farming")
    told["persons"] = [{"id": str(number), "facts": {}} for number in range(1, 11)]
    walk = Walk().meet(told, "share").press("share:safe")
    assert walk.page.html.count('class="ww-sheet"') == 1
    assert "Personen 1, 2, 3, 4, 5, 6, 7, 8, 9, 10" in walk.page.text


def test_signs_are_grouped_and_each_is_offered_once():
    groups = signals.signs(load(), "labour", "nl")
    names = [name for name, _ in groups]
    ids = [sign.id for _, listed in groups for sign in listed]
    assert len(names) == len(set(names))
    assert len(ids) == len(set(ids)) > 50
    assert all(sign.source for _, listed in groups for sign in listed)


def test_a_line_escapes_what_it_holds_and_shows_doubt_only_where_there_is_some():
    assert lines.item("a <b>", "you", "") == '<li>a &lt;b&gt; <span class="ww-lines__who">you</span></li>'
    assert "ask a lawyer" in lines.item("a", "you", "ask a lawyer")
    assert lines.options(('Den "Haag"',)) == '<option value="Den &quot;Haag&quot;">'
