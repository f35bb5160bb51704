"""The walk without a browser: from the first page to a plan; what was told is in the form and nowhere else."""

from __future__ import annotations

import json
import logging

import pytest

import schakel as sk
from tests.walking import ADDRESS, FORM, Page, Walk, plan_of

FARM = ("answer:sector:farming", "answer:place_kind:workplace", "answer:held:suspected", "answer:action:under_way")


def test_the_first_page_asks_who_you_are():
    walk = Walk()
    assert {f"finder={value}" for value in sk.load().facts["finder"].value_ids} == set(walk.page.buttons)


def test_the_farm_takes_at_most_eight_answers_and_the_first_of_them_already_gives_steps():
    walk = Walk().be("labour_inspector").press("see:yes")
    assert walk.page.html.count('class="ww-step ') >= 3
    for answer in FARM:
        walk.press(answer)
    assert walk.answers <= 8
    assert walk.page.facts["shared"] == {
        "indication": "yes", "action": "under_way", "sector": "farming", "place_kind": "workplace", "held": "suspected"
    }  # fmt: skip


def test_the_page_shows_exactly_the_duties_that_the_engine_says_apply():
    walk = Walk().meet(plan_of("labour_inspector", sector="farming", place_kind="workplace", held="suspected"))
    content = sk.load()
    situation = sk.parse_facts(content, walk.page.hidden["facts"], on=None)
    applying = sk.assess(content, situation).persons[0].with_status("applies")
    titles = [outcome.duty.title("nl") for outcome in applying]
    assert walk.page.html.count('class="ww-step ') == len(titles)
    assert all(title in walk.page.text for title in titles)


def test_i_do_not_know_is_always_an_answer_and_never_the_end():
    walk = Walk().be("police").press("see:unknown")
    asked = []
    while True:
        unknown = [button for button in walk.page.buttons if button.endswith(":unknown")]
        if not unknown:
            break
        asked.append(unknown[0])
        walk.press(unknown[0].removeprefix("do="))
        assert walk.response.status_code == 200
    assert len(asked) == len(set(asked)) > 10
    assert "U hebt alles verteld wat iets verandert" in walk.page.text


def test_the_next_question_says_why_it_is_the_one():
    walk = Walk().be("labour_inspector").press("see:yes")
    assert "Deze vraag, omdat " in walk.page.text
    assert " stappen ervan afhangen" in walk.page.text


def test_a_question_says_where_its_answer_comes_from_and_nobody_is_asked_what_they_may_not_ask():
    walk = Walk().meet(plan_of("citizen"), "ask:danger")
    assert "Wat u zelf ziet of hoort. Vraag er niet naar." in walk.page.text
    assert not any("dublin" in button for button in walk.press("ask:dublin").page.buttons)


def test_a_tick_in_the_list_of_signs_is_an_indication_and_each_sign_names_its_source():
    walk = Walk().be("labour_inspector").press("signals").press("signals:labour")
    assert walk.page.html.count("-bron") > 20
    assert walk.press("tick").response.status_code == 400
    assert "Vink minstens één signaal aan" in walk.page.text
    walk.press("tick", signal=["nla-01"], shown=["nla-01", "nla-02"])
    assert walk.page.facts["signals"] == ["nla-01"]
    assert walk.page.html.count('class="ww-step ') >= 3


def test_signs_that_never_count_are_not_offered():
    content = sk.load()
    kept = {name for name, sign in content.indicators.items() if not sign.counts}
    walk = Walk().be("police").press("signals")
    for form in ("all", "sexual", "labour", "minor"):
        walk.press(f"signals:{form}")
        assert not any(f'value="{name}"' in walk.page.html for name in kept)


def test_without_a_sign_nothing_follows():
    walk = Walk().be("citizen").press("see:no")
    assert "Zonder signaal van uitbuiting volgt hier niets uit" in walk.page.text
    assert 'class="ww-step ' not in walk.page.html


def test_an_answer_can_be_changed_and_what_is_new_is_marked():
    walk = Walk().meet(plan_of("police"), "answer:age:adult").press("answer:age:16_17")
    assert walk.page.facts["persons"][0]["facts"]["age"] == "16_17"
    assert "Nieuw" in walk.page.words
    walk.press("ask:age")
    assert "do=answer:age:16_17" in walk.page.buttons
    assert "(uw antwoord nu)" in walk.page.text


def test_contradicting_accounts_are_kept_and_shown():
    walk = Walk().meet(plan_of("police"), "answer:age:16_17").press("answer:age:adult", beside="1")
    assert len(walk.page.facts["persons"][0]["facts"]["age"]) == 2
    assert "16 of 17 én ook: 18 of ouder" in walk.page.text
    assert "Tegenstrijdig verteld" in walk.page.text


def test_a_guess_is_kept_and_counts_for_nothing():
    walk = Walk().meet(plan_of("police")).press("answer:nationality:eu", certainty="guessed")
    assert walk.page.facts["persons"][0]["facts"]["nationality"] == {"value": "eu", "certainty": "guessed"}
    assert "Gegokt: telt niet mee." in walk.page.text


def test_answers_that_cannot_be_together_give_the_reason_and_the_way_out():
    told = plan_of("police")
    told["persons"][0]["facts"] = {"nationality": "eu"}
    walk = Walk().meet(told).press("ask:residence").press("answer:residence:national")
    assert walk.response.status_code == 400
    assert "alleen wie de Nederlandse nationaliteit heeft" in walk.page.text
    assert walk.page.facts["persons"][0]["facts"] == {"nationality": "eu"}
    walk.press("answer:residence:national", drop="nationality")
    assert walk.response.status_code == 200
    assert walk.page.facts["persons"][0]["facts"] == {"residence": "national"}


def test_the_reason_is_given_in_the_language_of_the_page():
    told = plan_of("police")
    told["persons"][0]["facts"] = {"nationality": "eu"}
    walk = Walk("en").meet(told).press("answer:residence:national")
    assert "Only somebody with Dutch nationality" in walk.page.text
    assert "Forget what I said about the nationality" in walk.page.text


def test_several_persons_share_what_is_shared_and_each_has_a_plan():
    walk = Walk().meet(plan_of("police", form=["sexual"]), "answer:age:16_17").press("add", number="1", like="same")
    assert "Alle personen" in walk.page.text or "Hetzelfde plan als: Persoon 2" in walk.page.text
    walk.press("person:1").press("answer:injuries:visible")
    assert [person["facts"].get("injuries") for person in walk.page.facts["persons"]] == [None, "visible"]
    assert "Hetzelfde plan" not in walk.page.text
    walk.press("answer:danger:none")
    assert walk.page.facts["shared"]["danger"] == "none"
    walk.press("answer:nationality:third_country", everyone="1")
    assert walk.page.facts["shared"]["nationality"] == "third_country"
    walk.press("remove")
    assert len(walk.page.facts["persons"]) == 1


def test_the_girls_have_the_plan_of_two_children():
    girls = plan_of("police", form=["sexual"], language="interpreter_needed", papers="none_or_false")
    girls["persons"] = [
        {"id": "girl A", "facts": {"age": "16_17", "injuries": "visible"}},
        {"id": "girl B", "facts": {"age": "16_17"}},
    ]
    walk = Walk("en").meet(girls)
    assert "do=person:1" in walk.page.buttons
    first = walk.page.text
    second = walk.press("person:1").page.text
    child = sk.load().duties["child-interview-rules"].title("en")
    assert child in first
    assert child in second
    assert first != second


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "1000", "9" * 400])
def test_a_number_of_persons_that_is_none_is_refused_at_its_field(number):
    walk = Walk().meet(plan_of("police"), "add", number=number)
    assert walk.response.status_code == 400
    assert "Vul een getal in van 1 tot en met 39." in walk.page.text
    assert len(walk.page.facts["persons"]) == 1


@pytest.mark.parametrize(
    ("do", "fields", "sentence"),
    [
        ("answer:municipality", {"value": "Utrech"}, "Bedoelt u: Utrecht?"),
        ("answer:municipality", {"value": "\x00"}, "Schrijf de naam voluit."),
        ("answer:found_on", {"value": "gisteren"}, "Dit is geen dag."),
        ("answer:found_on", {"value": "2031-01-01"}, "Deze dag ligt na de dag van het plan."),
        ("answer:on", {"value": "1950-01-01"}, "buiten wat de inhoud dekt"),
        ("answer:form", {}, "Kies ten minste één antwoord"),
        ("answer:age:forty", {}, "is geen waarde van"),
        ("answer:nothing:yes", {}, "er is geen feit"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_is_lost(do, fields, sentence):
    told = plan_of("police", held="no")
    walk = Walk().meet(told, do, **fields)
    assert walk.response.status_code == 400
    assert sentence.lower() in walk.page.text.lower()
    assert walk.page.facts == told
    if fields:
        assert f'value="{fields["value"]}"' in walk.page.html or "\x00" in fields["value"]


@pytest.mark.parametrize(
    "facts",
    ['{"shared": {"age": "x"}}', '{"who": "the king"}', '{"persons": "x"}', "{", "[]", '{"on": 7}', '{"on": "never"}',
     '{"municipality": "Atlantis"}', '{"signals": ["none"]}',
     '{"shared": {"nationality": "eu", "residence": "national"}}',
     '{"shared": {"age": {"value": {"a": []}}}}', '{"shared": {"age": [[["16_17"]]]}}', '{"who": ["police"]}'],
)  # fmt: skip
def test_a_tampered_document_is_a_sentence_with_what_came_in_and_never_a_trace(facts):
    walk = Walk().send({"facts": facts, "do": "show:plan", "at": "plan"})
    assert walk.response.status_code == 400
    assert "We kunnen uw antwoorden niet lezen" in walk.page.text
    assert facts in walk.page.text
    assert "Traceback" not in walk.page.html


@pytest.mark.parametrize(
    "do",
    ["", ":", "answer", "answer:", "ask:nothing", "person:99", "person:x", "jump", "signals:x", "rights:<b>", "tick:x",
     "see", "see:maybe", "show:admin", "share:x", "remove"],
)  # fmt: skip
def test_a_move_that_does_not_exist_is_a_page_too(do):
    walk = Walk().meet(plan_of("police"), do, person="77", tab="x", ask="x" * 300, tongue="<script>")
    assert walk.response.status_code in (200, 400)
    assert "<script>" not in walk.page.html.replace("<script src", "")


def test_a_refusal_for_htmx_is_only_the_part_that_changes():
    told = {"facts": json.dumps(plan_of("police")), "do": "answer:municipality", "value": "Utrech", "at": "plan"}
    walk = Walk().send(told, HX_Request="true")
    assert walk.response.status_code == 422
    assert "<html" not in walk.page.html
    assert 'hx-swap-oob="true"' in walk.page.html


def test_a_get_of_the_same_address_is_the_first_page():
    walk = Walk().meet(plan_of("police"))
    walk.take(walk.client.get(ADDRESS["nl"], {"facts": walk.page.hidden["facts"]}))
    assert "Wie bent u?" in walk.page.text
    assert "facts" not in walk.page.hidden


def test_the_other_language_keeps_every_answer():
    walk = Walk().meet(plan_of("labour_inspector", sector="farming"))
    carried = {name: walk.page.hidden[name] for name in ("facts", "at", "person")}
    other = Page(walk.client.post(ADDRESS["en"], carried).content.decode())
    assert other.facts == walk.page.facts
    assert "What you do now" in other.text
    assert f'formaction="{ADDRESS["en"]}"' in walk.page.html


def test_nothing_of_a_situation_stands_in_a_url_a_cookie_a_header_or_a_log(caplog):
    with caplog.at_level(logging.DEBUG):
        walk = Walk().meet(plan_of("police", papers="held_by_other"), "answer:age:16_17").press("ask:residence")
        walk.press("answer:age:forty")
    assert not walk.client.cookies
    assert walk.response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in walk.response.headers
    assert "HX-Push-Url" not in walk.response.headers
    said = " ".join([record.getMessage() + str(record.__dict__.get("fields", "")) for record in caplog.records])
    said += str(dict(walk.response.headers))
    assert not any(word in said for word in ("held_by_other", "16_17", "forty", "papers", "police"))
    assert "?" not in "".join(part for part in walk.page.html.split('"') if part.startswith("/"))


def test_what_is_not_signed_and_not_read_is_said_once():
    walk = Walk().meet({**plan_of("police"), "on": "2026-07-01"})
    assert walk.page.text.lower().count("niet ondertekend") == 1
    assert walk.page.text.count("Recht van 2026 niet gelezen") == 1
    walk.press("share").press("share:safe")
    assert walk.page.text.count("Recht van 2026 niet gelezen") == 2  # on the paper, and in the text to copy


def test_before_paper_comes_the_question_whether_it_is_safe():
    walk = Walk().meet(plan_of("labour_inspector", sector="farming"), "share")
    assert "Is het veilig om dit te printen of te sturen?" in walk.page.text
    assert "<textarea" not in walk.page.html
    walk.press("share:safe")
    assert "<textarea" in walk.page.html
    walk.press("show:plan").press("share")
    assert "<textarea" not in walk.page.html


def test_the_text_to_share_tells_what_to_do_and_nothing_of_the_person():
    told = plan_of("police", form=["sexual"])
    told["persons"] = [
        {"id": "Somebody Known", "facts": {"age": "16_17", "reflection_granted_on": "2025-05-01"}},
        {"id": "2"},
    ]
    walk = Walk().meet(told, "share").press("share:safe")
    shared = walk.page.html.partition("<textarea")[2].partition("</textarea")[0]
    assert "Dit doet u:" in shared
    assert "PERSOON 1" in shared
    for private in ("Somebody", "16 of 17", "mei 2025", "augustus 2025", "Geldt, want"):
        assert private not in shared
    assert "Somebody Known" not in walk.page.text


def test_danger_now_is_told_with_one_button() -> None:
    walk = Walk()
    walk.be("citizen").press("see:danger")
    assert walk.page.facts["shared"]["danger"] == "acute"
    assert walk.page.facts["shared"]["indication"] == "yes"


def test_the_plan_is_a_pdf_only_after_the_question_whether_that_is_safe() -> None:
    walk = Walk().meet(plan_of("police", age="16_17"))
    assert "pdf" not in walk.press("pdf").response.headers["Content-Type"]
    safe = walk.press("share:safe")
    fields = {name: safe.page.hidden[name] for name in ("facts", *FORM) if name in safe.page.hidden}
    paper = safe.client.post(ADDRESS["nl"], {**fields, "do": "pdf"})
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
    assert paper.headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert "no-store" in paper.headers["Cache-Control"]
