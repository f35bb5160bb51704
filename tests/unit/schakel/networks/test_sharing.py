"""May A tell B this: what permits, what forbids, and what stays open."""

from __future__ import annotations

from datetime import date

import pytest

from schakel.networks.decision import PERMITTED, REFUSED, UNDECIDED
from schakel.networks.sharing import Party, Question, allowed_fields, party_kind
from schakel.vocabulary.errors import BadInput
from tests.books import ON, ask, book, rule

WHEN = {"agreed": "yes"}


def test_a_rule_that_permits_gives_its_reason_and_what_to_record() -> None:
    answer = ask(book(rule("law")))
    assert (answer.answer, answer.rules, answer.grounds) == (PERMITTED, ("law",), ("statute",))
    assert answer.reasons[0].sources[0].ref == "act"
    assert [words("en") for words in answer.record] == ["who decided"]


def test_a_ground_that_a_lawyer_must_check_is_recorded_as_such() -> None:
    assert [words("en") for words in ask(book(rule("law", lawyer=True))).record] == [
        "who decided",
        "who checked the ground",
    ]


def test_where_no_rule_is_known_the_answer_is_no_with_a_next_step() -> None:
    answer = ask(book(), "home")
    assert (answer.answer, answer.rules) == (REFUSED, ("none-known",))
    assert answer.next_step is not None
    assert answer.next_step("en") == "after none-known"


def test_what_is_not_told_stays_open_and_is_asked_for() -> None:
    answer = ask(book(rule("law", when=WHEN)))
    assert (answer.answer, answer.hangs_on) == (UNDECIDED, ("agreed",))
    assert not answer.allowed
    assert answer.next_step is not None
    assert answer.next_step("en") == "First find out: agreement. after law"


def test_what_is_told_decides() -> None:
    rules = book(rule("law", when=WHEN))
    assert ask(rules, agreed="yes").answer == PERMITTED
    refused = ask(rules, agreed="no")
    assert refused.answer == REFUSED
    assert refused.reasons[0].because("en").endswith("because agreed no.")


def test_what_forbids_wins_over_what_permits() -> None:
    rules = book(rule("law"), rule("never", "forbids"))
    assert (ask(rules).answer, ask(rules).rules) == (REFUSED, ("never",))


def test_what_may_forbid_lets_nothing_through() -> None:
    rules = book(rule("law"), rule("never", "forbids", when=WHEN))
    assert ask(rules).answer == UNDECIDED
    assert ask(rules, agreed="yes").answer == REFUSED
    assert ask(rules, agreed="no").answer == PERMITTED


def test_what_no_text_decides_is_no_yes() -> None:
    answer = ask(book(rule("open", "undecided", lawyer=True)))
    assert (answer.answer, answer.needs_lawyer) == (UNDECIDED, True)


def test_what_permits_wins_over_what_no_text_decides() -> None:
    rules = book(rule("open", "undecided"), rule("law", when=WHEN))
    assert ask(rules, agreed="yes").answer == PERMITTED
    assert ask(rules, agreed="no").rules == ("open",)
    assert set(ask(rules).rules) == {"law", "open"}


def test_a_named_ground_is_asked_for_alone() -> None:
    rules = book(rule("law"), rule("agreed", ground="consent", when=WHEN))
    assert ask(rules, agreed="yes").grounds == ("statute", "consent")
    assert ask(rules, ground="consent", agreed="no").answer == REFUSED
    assert ask(rules, ground="consent", agreed="yes").grounds == ("consent",)


@pytest.mark.parametrize(
    "other", [{"sender": "clinic"}, {"receiver": "home"}, {"field": "story"}, {"purpose": "count"}], ids=str
)
def test_a_rule_holds_only_for_what_it_names(other: dict[str, str]) -> None:
    rules = book(rule("law", fields=["name"], purposes=["help"]))
    assert ask(rules).allowed
    assert not ask(rules, **other).allowed  # type: ignore[arg-type]


def test_a_rule_holds_in_its_period_only() -> None:
    rules = book(rule("law", valid_from="2025-03-01"))
    assert ask(rules, on=date(2025, 3, 1)).allowed
    assert not ask(rules, on=date(2025, 2, 28)).allowed


def test_a_unit_with_powers_of_its_own_is_a_kind_of_its_own() -> None:
    rules = book(rule("law"))
    assert party_kind(rules, Party("police", "watch")) == "watchmen"
    assert not ask(rules, unit="watch").allowed
    assert ask(rules, unit="another").allowed


def test_number_way_and_role_follow_from_the_question() -> None:
    several = rule("several", "forbids", when={"any": [{"about": "several"}, {"way": "list"}]})
    researcher = rule("research", "forbids", when={"receiver_role": "researcher"})
    rules = book(rule("law"), several, researcher)
    assert ask(rules).allowed
    assert ask(rules, persons=2).rules == ("several",)
    assert ask(rules, way="list").rules == ("several",)
    assert ask(rules, role="researcher").rules == ("research",)


def test_each_kind_of_data_has_its_own_answer() -> None:
    question = Question(Party("police"), Party("clinic"), "name", "help", ON)
    answers = allowed_fields(book(rule("law", fields=["name"])), question)
    assert {name: one.allowed for name, one in answers.items()} == {"name": True, "story": False}


def test_the_question_is_kept_in_kinds_without_a_person() -> None:
    assert dict(ask(book(rule("law")), agreed="no").asked) == {
        "from": "police", "to": "clinic", "field": "name", "purpose": "help", "on": "2025-06-02", "persons": "1",
        "way": "message", "agreed": "no",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"purpose": "return"}, "no purpose"), ({"field": "shoe"}, "no kind of data"),
        ({"ground": "whim"}, "no ground"),
        ({"sender": "circus"}, "no kind of organisation"), ({"receiver": "circus"}, "no kind of organisation"),
        ({"mood": "good"}, "no circumstance"), ({"agreed": "perhaps"}, "no value"),
        ({"about": "one"}, "no circumstance"),
        ({"persons": 0}, "at least one"), ({"way": "pigeon"}, "no value"),
    ],
    ids=str,
)  # fmt: skip
def test_a_question_with_a_word_that_does_not_exist_is_bad_input(wrong: dict[str, object], word: str) -> None:
    with pytest.raises(BadInput, match=word) as told:
        ask(book(), **wrong)  # type: ignore[arg-type]
    assert told.value.dutch
    assert all(told.value.say(lang) for lang in ("nl", "en"))


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        (rule("a", "perhaps"), "no effect"), (rule("a", **{"from": ["circus"]}), "circus"),
        (rule("a", purposes=["return"]), "return"), (rule("a", fields=["shoe"]), "shoe"),
        (rule("a", ground="whim"), "whim"),
        (rule("a", sources=[]), "source"), ({**rule("a", "forbids"), "next": None}, "what next"),
        (rule("a", when={"mood": "good"}), "mood"), (rule("none-known"), "twice"),
    ],
    ids=lambda part: part if isinstance(part, str) else part["effect"],
)  # fmt: skip
def test_a_rule_that_says_too_little_is_refused_when_it_is_read(bad: dict[str, object], word: str) -> None:
    with pytest.raises(BadInput, match=word):
        book(bad)


def test_anyone_is_no_public() -> None:
    rules = book(rule("law", to=["anyone"]))
    assert ask(rules, receiver="home").allowed
    assert not ask(rules, receiver="public").allowed


def test_a_group_stands_for_its_members() -> None:
    rules = book(rule("law", to=["helpers"]))
    assert ask(rules, receiver="clinic").allowed
    assert ask(rules, receiver="home").allowed
