"""Chapter 9. The next question.

It is the fact on which the most urgent, then the heaviest, then the most undecided duties hang. It is asked only of who
may ask it; nothing is asked that can change nothing; and no layman is made to question a child.
"""

from __future__ import annotations

from schakel.mechanism.asking import next_question, questions, unsettled_by_finder
from schakel.mechanism.assess import PersonView
from tests.tiny import Country, version


def asked(view: PersonView) -> str | None:
    question = next_question(view)
    return question.fact.id if question else None


def test_the_fact_on_which_most_hangs_comes_first(country: Country) -> None:
    country.fact("held", "yes", "no").fact("weather", "wet", "dry")
    country.duty("a", {"held": "yes"}).duty("b", {"held": "no"}).duty("c", {"weather": "wet"})
    question = next_question(country.person())
    assert question is not None
    assert (question.fact.id, [one.duty.id for one in question.duties]) == ("held", ["a", "b"])


def test_one_urgent_must_weighs_more_than_many_others(country: Country) -> None:
    country.fact("danger", "acute", "none").fact("weather", "wet", "dry")
    country.duty("call-112", {"danger": "acute"}, urgent=True)
    for number in range(5):
        country.duty(f"note-{number}", {"weather": "wet"})
    assert asked(country.person()) == "danger"


def test_a_must_weighs_more_than_what_one_may(country: Country) -> None:
    country.fact("a", "1", "2").fact("b", "1", "2")
    country.duty("may-1", versions=[version({"a": "1"}, strength="may")])
    country.duty("may-2", versions=[version({"a": "1"}, strength="may")])
    country.duty("must", {"b": "1"})
    assert asked(country.person()) == "b"


def test_where_all_is_equal_the_list_of_facts_decides(country: Country) -> None:
    country.fact("a", "1", "2").fact("b", "1", "2").duty("x", {"b": "1"}).duty("y", {"a": "1"})
    assert asked(country.person()) == "a"


def test_nothing_is_asked_when_nothing_can_change(country: Country) -> None:
    country.fact("weather", "wet", "dry").duty("a", {"indication": "yes"})
    assert asked(country.person(indication="yes")) is None
    assert asked(country.person(indication="no")) is None


def test_only_who_may_ask_is_made_to_ask(country: Country) -> None:
    country.fact("dublin", "yes", "no", by=("police",)).duty("thirty-days", {"dublin": "yes"})
    assert asked(country.person(who="police")) == "dublin"
    assert asked(country.person(who="citizen")) is None
    assert asked(country.person()) is None, "who is not known may ask what everyone may"


def test_it_says_which_duties_another_must_settle(country: Country) -> None:
    country.fact("dublin", "yes", "no", by=("police",)).duty("thirty-days", {"dublin": "yes"})
    assert [one.duty.id for one in unsettled_by_finder(country.person(who="citizen"))] == ["thirty-days"]
    assert list(unsettled_by_finder(country.person(who="police"))) == []


def test_a_layman_does_not_question_a_possible_child(country: Country) -> None:
    country.fact("violence", "yes", "no", of="what_was_said").duty("forensic-care", {"violence": "yes"})
    assert asked(country.person(who="citizen")) is None, "the age is not known"
    assert asked(country.person(who="citizen", age="minor")) is None
    assert asked(country.person(who="citizen", age="adult", age_doubt="may_be_child")) is None
    assert asked(country.person(who="citizen", age="adult", age_doubt="none")) == "violence"
    assert asked(country.person(who="police", age="minor")) == "violence"


def test_what_can_be_seen_may_be_asked_of_a_layman_also_about_a_child(country: Country) -> None:
    country.fact("injuries", "visible", "none").duty("call-doctor", {"injuries": "visible"})
    assert asked(country.person(who="citizen", age="minor")) == "injuries"


def test_a_fact_may_ask_that_another_comes_first(country: Country) -> None:
    country.fact("detained", "yes", "no").fact("agreed", "yes", "no", first=("detained",))
    country.duty("period", {"any": [{"detained": "no"}, {"agreed": "yes"}]})
    country.duty("detention-letter", {"agreed": "yes"})
    assert asked(country.person()) == "detained"
    assert asked(country.person(detained="yes")) == "agreed"


def test_there_is_one_best_question_and_the_others_after_it(country: Country) -> None:
    country.fact("a", "1", "2").fact("b", "1", "2")
    country.duty("x", {"a": "1"}).duty("y", {"a": "1"}).duty("z", {"b": "1"})
    assert [question.fact.id for question in questions(country.person())] == ["a", "b"]
